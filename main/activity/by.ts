import type { Requester } from '../approvals/approval.schema.ts';
import type { Activity, By } from './activity.schema.ts';

/** What Rekey does without being asked. */
export const BY_ITSELF: Pick<Activity, 'who' | 'by'> = {
  who: 'rekey',
  by: { via: 'rekey', program: null, client: null, approver: null },
};

/** Who asked, and how it was confirmed (null: it was not, or needed no confirmation). */
export function byOf({ via, program, client }: Omit<Requester, 'pid'>, approver: By['approver']): By {
  return { via, program, client, approver };
}
