import { RotationError } from './errors.ts';
import type { Plan } from './plan.schema.ts';
import { leavesOldKey } from './revocation.ts';
import type { Rotation } from './rotation.schema.ts';

/**
 * A second rotation of the same key is refused while another has not ended, or has left an old key to Rekey. Pure.
 * @throws {RotationError} `rotation-running`, `old-key-alive`.
 */
export function refuseSecond(all: readonly Rotation[], plan: Plan): void {
  const other = all.find((rotation) => rotation.step !== 'ended' && meet(plan, rotation));
  if (other) throw notEnded(other);
  // An undo of that very rotation sees to the key itself.
  const before = all.find((rotation) => rotation.id !== plan.undoes && leavesOldKey(rotation, plan.target.id));
  if (before) throw oldKeyLeft(before);
}

/**
 * Nobody would end a rotation of a credential that is removed, or see to its old key, any more. Pure.
 * @throws {RotationError} `rotation-running`, `old-key-alive`.
 */
export function refuseToForget(all: readonly Rotation[], credentialId: string): void {
  const other = all.find(
    ({ step, target, credential }) => step !== 'ended' && [target.id, credential.id].includes(credentialId),
  );
  if (other) throw notEnded(other);
  const before = all.find((rotation) => leavesOldKey(rotation, credentialId));
  if (before) throw oldKeyLeft(before);
}

/** Whether both would change the same key, or one changes the key that asks for the other. Pure. */
function meet(plan: Plan, { target, credential }: Rotation): boolean {
  const asking = plan.credential.id;
  const own = plan.target.id ?? asking;
  const others = target.isNew ? credential.id : target.id;
  return own === others || asking === others || own === credential.id;
}

function notEnded({ target, waiting }: Rotation): RotationError {
  return new RotationError(
    'rotation-running',
    `A rotation of “${target.name}” has not ended yet. Nothing was changed.`,
    waiting ? `It waits: ${waiting.problem.wayOut}` : 'Wait until it is done.',
  );
}

function oldKeyLeft({ target }: Rotation): RotationError {
  return new RotationError(
    'old-key-alive',
    `The key that “${target.name}” had before the present one still works, and Rekey is to revoke it: it must not lose sight of it. Nothing was changed.`,
    `Have the old key revoked now (\`rekey revoke ${target.name}\`), or undo the rotation; then try again.`,
  );
}
