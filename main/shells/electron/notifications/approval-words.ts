import type { Approval } from '../../../approvals/approval.schema.ts';

/** What a notification says of a request that waits. @param count how many were asked for together. */
export function approvalWords(
  { requester, plan }: Pick<Approval, 'requester' | 'plan'>,
  count: number,
): { title: string; body: string } {
  const who = requester.client?.name ?? requester.program ?? 'A program';
  const what = count > 1 ? `${count} keys` : `“${plan.target.name}”`;
  return { title: `Rotate ${what}?`, body: `${who} asks for it. Nothing happens until you decide.` };
}
