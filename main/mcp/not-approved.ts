import type { Approval } from '../approvals/approval.schema.ts';
import { RekeyError } from '../errors.ts';

type Refusal = Exclude<Approval['state'], 'approved' | 'waiting'>;

const WHAT: Record<Refusal, string> = {
  denied: 'The rotation was denied. Nothing was changed.',
  expired: 'Nobody confirmed the rotation in time. Nothing was changed.',
  withdrawn: 'The request for the rotation was taken back. Nothing was changed.',
};

/** What an asker is told whose rotation nobody granted. */
export class NotApproved extends RekeyError<`rotation-${Refusal}`> {
  constructor(state: Exclude<Approval['state'], 'approved'>) {
    const refusal = state === 'waiting' ? 'withdrawn' : state;
    super(`rotation-${refusal}`, WHAT[refusal], 'Ask again only if the person wants it.');
  }
}
