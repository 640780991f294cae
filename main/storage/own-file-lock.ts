import { systemCode } from '../errors.ts';
import { acquireDirectoryLock } from './directory-lock.ts';
import { StorageError } from './errors.ts';

/** Waits longer than a lock takes to go stale, so that one left by a crash delays the next start and doesn't fail it. */
const LOCK = { waitMs: 10_000, staleMs: 5_000 };

/**
 * Does `work` while no other process changes this file of ours.
 * @throws {StorageError} `lock-held`, `storage-unwritable`: nothing was done then.
 */
export async function withOwnFileLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const release = await acquireDirectoryLock(`${path}.lock`, LOCK).catch((cause: unknown) => {
    throw cause instanceof StorageError ? cause : unwritable(path, cause);
  });
  try {
    return await work();
  } finally {
    await release();
  }
}

export function unwritable(path: string, cause: unknown): StorageError {
  return new StorageError(
    'storage-unwritable',
    `Rekey can’t write its file ${path} (${systemCode(cause) ?? 'unknown reason'}). It was left as it was.`,
    'Free some space, or mend the rights on its folder, then try again.',
    { cause },
  );
}
