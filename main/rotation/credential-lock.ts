import { join } from 'node:path';
import type { CredentialStore } from '../credentials/credential-store.ts';
import { acquireDirectoryLock, StorageError } from '../storage/directory-lock.ts';
import { RotationError } from './errors.ts';
import type { Rotation } from './rotation.schema.ts';

/** A rotation that has just ended still holds its lock for a moment. */
const WAIT_MS = 1_000;
/** A lock of a process that was killed is taken over after this time. */
const STALE_MS = 10_000;

/**
 * Takes the lock on one credential's rotations, over all processes.
 * @returns the release.
 * @throws {RotationError} `rotation-running` when it stays taken.
 */
export async function lockCredential(folder: string, credentialId: string): Promise<() => Promise<void>> {
  try {
    return await acquireDirectoryLock(join(folder, credentialId), { waitMs: WAIT_MS, staleMs: STALE_MS });
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    throw new RotationError(
      'rotation-running',
      'Another process is rotating this key just now. Nothing was changed.',
      'Wait until it is done.',
    );
  }
}

/** Whose lock a rotation takes: that of the key which is replaced; of the asking one where the other is new to Rekey. */
export function lockIdOf({ credential, target }: Pick<Rotation, 'credential' | 'target'>): string {
  return target.isNew ? credential.id : target.id;
}

/** Whether the key that this rotation made is the current one. @throws {CredentialError} when it was removed. */
export async function isCurrent(
  credentials: CredentialStore,
  { target, newFingerprint }: Pick<Rotation, 'target' | 'newFingerprint'>,
): Promise<boolean> {
  return (await credentials.find(target.id)).fingerprint === newFingerprint;
}
