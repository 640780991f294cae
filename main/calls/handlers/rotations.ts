import { ApproverSchema } from '../../approvals/approval.schema.ts';
import { approverOf } from '../../approvals/policy.ts';
import { requesterOf } from '../caller.ts';
import type { Handlers } from '../dispatch.ts';
import type { CallParts } from '../parts.ts';
import { whoIs } from '../who.ts';

type RotationCalls = Pick<
  Handlers,
  | 'planRotation'
  | 'requestRotation'
  | 'listApprovals'
  | 'getApproval'
  | 'approve'
  | 'deny'
  | 'withdraw'
  | 'listRotations'
  | 'getRotation'
  | 'resumeRotation'
>;

export function rotationHandlers(parts: CallParts): RotationCalls {
  const { approvals, rotations, credentials, activity } = parts;

  return {
    planRotation: async ({ credential, agentId }) =>
      rotations.plan(await credentials.find(credential), agentId ?? null),

    async requestRotation({ credential, agentId }, caller) {
      const plan = await rotations.plan(await credentials.find(credential), agentId ?? null);
      const approval = approvals.ask(plan, requesterOf(caller));
      await activity.add({
        kind: 'rotation-asked',
        credential: plan.target.name,
        rotationId: null,
        who: whoIs(caller),
        detail: null,
      });
      return approval;
    },

    listApprovals: async () => approvals.list(),
    getApproval: async ({ id }) => approvals.get(id),

    async approve({ id, planHash, giveKeyToClient, restartHosts }, caller) {
      const { allowScriptedConfirmation } = await parts.settings.read();
      const approver = approverOf(caller.carrier, { desktop: parts.desktop, allowScripted: allowScriptedConfirmation });
      const approval = approvals.approve(id, planHash, approver, { giveKeyToClient, restartHosts });
      const rotation = await rotations.start(approval);
      await activity.add({
        kind: 'rotation-approved',
        credential: rotation.target.name,
        rotationId: rotation.id,
        who: whoIs(caller),
        detail: approver,
      });
      return approvals.attach(id, rotation.id);
    },

    async deny({ id }, { carrier }) {
      return approvals.deny(id, ApproverSchema.safeParse(carrier).data ?? null);
    },

    async withdraw({ id }) {
      return approvals.withdraw(id);
    },

    listRotations: () => rotations.list(),
    getRotation: ({ id }) => rotations.get(id),

    async resumeRotation({ id }, caller) {
      const rotation = await rotations.resume(id);
      await activity.add({
        kind: 'site-retried',
        credential: rotation.target.name,
        rotationId: id,
        who: whoIs(caller),
        detail: null,
      });
      return rotation;
    },
  };
}
