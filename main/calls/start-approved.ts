import { byOf } from '../activity/by.ts';
import type { Approval, Approver } from '../approvals/approval.schema.ts';
import { approverOf } from '../approvals/policy.ts';
import { errorView } from '../errors.ts';
import type { Caller } from './caller.ts';
import type { CallParts } from './parts.ts';
import { askedBy } from './who.ts';

/** As whom this caller may confirm, by the settings of now. @throws {ApprovalError} `approval-not-here`. */
export async function approverFor({ settings, desktop }: CallParts, { carrier }: Caller): Promise<Approver> {
  const { allowScriptedConfirmation } = await settings.read();
  return approverOf(carrier, { desktop, allowScripted: allowScriptedConfirmation });
}

/**
 * Begins the rotation of a request that was just approved.
 * @returns the request with the rotation's id.
 * @throws whatever keeps it from beginning (another one was faster); the request has failed with that then.
 */
export async function startApproved(
  { approvals, rotations, activity }: CallParts,
  approval: Approval,
  caller: Caller,
): Promise<Approval> {
  const rotation = await rotations.start(approval).catch((error: unknown) => {
    approvals.fail(approval.id, errorView(error));
    throw error;
  });
  const started = approvals.attach(approval.id, rotation.id);
  await activity.add({
    kind: 'rotation-approved',
    credential: rotation.target.name,
    rotationId: rotation.id,
    who: askedBy(caller).who,
    by: byOf(approval.requester, approval.decidedBy),
    detail: approval.decidedBy,
  });
  return started;
}
