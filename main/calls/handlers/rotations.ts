import type { ActivityKind } from '../../activity/activity.schema.ts';
import { ApproverSchema } from '../../approvals/approval.schema.ts';
import { Secret } from '../../credentials/secret.ts';
import type { Rotation } from '../../rotation/rotation.schema.ts';
import { type Caller, requesterOf } from '../caller.ts';
import { copyToClipboard } from '../clipboard.ts';
import type { Handlers } from '../dispatch.ts';
import type { CallParts } from '../parts.ts';
import { approverFor, startApproved } from '../start-approved.ts';
import { askedBy } from '../who.ts';

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
  | 'adoptKey'
  | 'copyNewKey'
  | 'giveUpRotation'
  | 'revokeOldKey'
  | 'restartHost'
>;

export function rotationHandlers(parts: CallParts): RotationCalls {
  const { approvals, rotations, credentials, activity } = parts;

  const noted = async (
    kind: ActivityKind,
    rotation: Rotation,
    caller: Caller,
    detail: string | null = null,
  ): Promise<Rotation> => {
    const { id, target } = rotation;
    await activity.add({ kind, credential: target.name, rotationId: id, ...askedBy(caller), detail });
    return rotation;
  };

  return {
    planRotation: async ({ credential, agentId }) =>
      rotations.plan(await credentials.find(credential), { agentId: agentId ?? null }),

    async requestRotation({ credential, agentId, byHand, undo }, caller) {
      const plan = await rotations.plan(await credentials.find(credential), {
        agentId: agentId ?? null,
        byHand: byHand ?? false,
        undo: undo ?? null,
      });
      const approval = approvals.ask(plan, requesterOf(caller));
      await activity.add({
        kind: 'rotation-asked',
        credential: plan.target.name,
        rotationId: null,
        ...askedBy(caller),
        detail: null,
      });
      return approval;
    },

    listApprovals: async () => approvals.list(),
    getApproval: async ({ id }) => approvals.get(id),

    async approve({ id, planHash, ...choices }, caller) {
      const approver = await approverFor(parts, caller);
      return startApproved(parts, approvals.approve(id, planHash, approver, choices), caller);
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
      return noted('site-retried', await rotations.resume(id), caller);
    },

    async adoptKey({ id, key, companions = {}, settings = {}, evenIfRefused = false }, caller) {
      const secrets = Object.entries(companions).map(([name, value]) => [name, new Secret(value)] as const);
      const pasted = { key: new Secret(key), companions: Object.fromEntries(secrets), settings };
      return noted('key-adopted', await rotations.adopt(id, pasted, evenIfRefused), caller);
    },

    async copyNewKey({ id }, caller) {
      const clearedAfterSeconds = await copyToClipboard(parts, await rotations.newKeyInMemory(id));
      await noted('key-copied', await rotations.get(id), caller);
      return { clearedAfterSeconds };
    },

    async giveUpRotation({ id }, caller) {
      return noted('rotation-given-up', await rotations.giveUp(id), caller);
    },

    async revokeOldKey({ id, skipLeft }, caller) {
      return noted('revocation-asked', await rotations.revokeOld(id, skipLeft ?? false), caller);
    },

    async restartHost({ id, host }, caller) {
      const rotation = await rotations.restartHost(id, host);
      const name = rotation.restarts.find((one) => one.id === host)?.name ?? host;
      return noted('host-restarted', rotation, caller, name);
    },
  };
}
