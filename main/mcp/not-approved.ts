import type { Approval } from '../approvals/approval.schema.ts';
import { RekeyError } from '../errors.ts';

type Refusal = Exclude<Approval['state'], 'approved' | 'waiting' | 'failed'>;

const WHAT: Record<Refusal, string> = {
  denied: 'The rotation was denied. Nothing was changed.',
  expired: 'Nobody confirmed the rotation in time. Nothing was changed.',
  withdrawn: 'The request for the rotation was taken back. Nothing was changed.',
};

/** What an asker is told whose rotation nobody granted. */
export class NotApproved extends RekeyError<`rotation-${Refusal}`> {
  constructor(refusal: Refusal) {
    super(`rotation-${refusal}`, WHAT[refusal], 'Ask again only if the person wants it.');
  }
}

/** The rotation could not begin though it was granted, or another request took this one's place: in the words of the reason. */
export class NotStarted extends RekeyError {}

/** Why no rotation comes of a request; null while one may. */
export function whyNone({ state, problem }: Approval): NotApproved | NotStarted | null {
  if (state === 'waiting' || state === 'approved') return null;
  if (problem) return new NotStarted(problem.code, problem.message, problem.wayOut);
  return state === 'failed' ? null : new NotApproved(state);
}
