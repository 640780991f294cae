import type { Approval } from '../approvals/approval.schema.ts';
import { byOf } from './by.ts';
import type { Entry } from './rotation-entry.ts';

const DECISIONS = {
  denied: 'rotation-denied',
  expired: 'rotation-expired',
  withdrawn: 'rotation-withdrawn',
  failed: 'rotation-not-started',
} as const;

/** What is noted of a request that came to nothing; null while it waits, and where a rotation tells the rest. */
export function decisionEntry({ state, plan, requester, decidedBy }: Approval): Entry | null {
  if (state === 'waiting' || state === 'approved') return null;
  return {
    kind: DECISIONS[state],
    credential: plan.target.name,
    rotationId: null,
    who: requester.client?.name ?? requester.via,
    by: byOf(requester, decidedBy),
    detail: decidedBy,
  };
}
