import { ConfigError } from '../configs/snapshot.ts';
import { systemCode } from '../errors.ts';
import { acquireDirectoryLock, StorageError } from '../storage/directory-lock.ts';
import type { HostFile } from './host.ts';

/** proper-lockfile's default, which Claude Code keeps (run of 2.1.329): an older lock belongs to nobody. */
const STALE_MS = 10_000;
const WAIT_MS = 5_000;

/**
 * Does `work` while the host's own lock on its file is held, so that neither writes over the other. A file without lock
 * is worked on at once.
 *
 * @param waitMs how long to wait for a lock that is held, in milliseconds.
 * @throws {ConfigError} `file-locked` when somebody else holds the lock all that time, `file-missing` or
 * `file-unwritable` when it can't be taken at all. Nothing was done then.
 */
export async function withHostLock<T>(file: HostFile, work: () => Promise<T>, waitMs = WAIT_MS): Promise<T> {
  if (file.lock === null) return work();
  const release = await acquire(file.path, file.lock.path, waitMs);
  try {
    return await work();
  } finally {
    await release();
  }
}

async function acquire(file: string, lock: string, waitMs: number): Promise<() => Promise<void>> {
  try {
    return await acquireDirectoryLock(lock, { waitMs, staleMs: STALE_MS });
  } catch (cause) {
    throw refusal(file, lock, cause);
  }
}

function refusal(file: string, lock: string, cause: unknown): unknown {
  if (cause instanceof StorageError && cause.code === 'lock-held') {
    return new ConfigError(
      'file-locked',
      `Another program is writing ${file} and held its lock for longer than Rekey waits. The file was not changed.`,
      `Close the programs that use it and try again. If none runs, remove the folder ${lock} first.`,
      { cause },
    );
  }
  const code = systemCode(cause);
  if (code === null) return cause;
  const missing = code === 'ENOENT' || code === 'ENOTDIR';
  return new ConfigError(
    missing ? 'file-missing' : 'file-unwritable',
    `The lock ${lock}, under which ${file} is written, can't be taken (${code}). The file was not changed.`,
    'Look at whether the folder is there and you may write in it, then try again.',
    { cause },
  );
}
