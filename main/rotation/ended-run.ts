import { CredentialError } from '../credentials/credential-store.ts';
import { isCurrent, lockIdOf } from './credential-lock.ts';
import type { RotationParts } from './parts.ts';
import { Run } from './run.ts';

export interface EndedRunOptions {
  readonly parts: RotationParts;
  /** Takes the lock on a credential's rotations. @returns the release. */
  readonly lock: (credentialId: string) => Promise<() => Promise<void>>;
  /** Whether this rotation takes steps just now. */
  readonly isActive: (rotationId: string) => boolean;
}

/** `busy`: not now · `over`: the key was rotated again or removed. */
export type Worked = 'done' | 'busy' | 'over';

/** Does something to one ended rotation: {@link withEndedRun}. */
export type WithRun = (work: (run: Run) => Promise<void>) => Promise<Worked>;

/** Does something to an ended rotation while nobody else works with its key, and the key that it made is the current one. */
export async function withEndedRun(
  { parts, lock, isActive }: EndedRunOptions,
  id: string,
  work: (run: Run) => Promise<void>,
): Promise<Worked> {
  const known = await parts.journal.get(id);
  if (!known) return 'over';
  const release = isActive(id) ? null : await lock(lockIdOf(known)).catch(() => null);
  if (!release) return 'busy';
  try {
    // Read under the lock: whoever held it may have written it.
    const rotation = await parts.journal.get(id);
    if (rotation?.step !== 'ended') return 'busy';
    if (!(await isCurrent(parts.credentials, rotation))) return 'over';
    await work(await Run.open(parts, rotation));
    return 'done';
  } catch (error) {
    if (error instanceof CredentialError && error.code === 'credential-unknown') return 'over';
    throw error;
  } finally {
    await release();
  }
}
