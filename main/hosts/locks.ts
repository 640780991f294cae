import { basename, dirname, join } from 'node:path';
import { ConfigError } from '../configs/snapshot.ts';
import { systemCode } from '../errors.ts';
import { acquireDirectoryLock, StorageError } from '../storage/directory-lock.ts';
import { acquireFlock } from './flock.ts';
import type { HostFile, Lock } from './host.ts';
import { acquireOwnerDirectory } from './owner-directory.ts';

const WAIT_MS = 5_000;

/**
 * Does `work` while the host's own lock on its file is held, so that neither writes over the other. A file without lock
 * is worked on at once.
 *
 * @param waitMs how long to wait for a lock that is held, in milliseconds.
 * @throws {ConfigError} `file-locked` when somebody else holds the lock all that time, `file-missing` or
 * `file-unwritable` when it can't be taken at all. Nothing was done then.
 */
export async function withHostLock<T>(
  { path, lock }: Pick<HostFile, 'path' | 'lock'>,
  work: () => Promise<T>,
  waitMs = WAIT_MS,
): Promise<T> {
  if (lock === null) return work();
  const release = await acquire(path, lock, waitMs);
  try {
    return await work();
  } finally {
    await release();
  }
}

/**
 * Where the lock stands. Claude Code locks under the name it was given, even where that is a link (seen in a run of
 * 2.1.329).
 */
function lockPath(file: string, lock: Lock): string {
  return lock.kind === 'flock' ? join(dirname(file), lock.name.replace('*', basename(file))) : `${file}.lock`;
}

async function acquire(file: string, lock: Lock, waitMs: number): Promise<() => Promise<void>> {
  const path = lockPath(file, lock);
  try {
    if (lock.kind === 'flock') return await acquireFlock(path, waitMs);
    const options = { waitMs, staleMs: lock.staleMs };
    return await (lock.kind === 'owner-directory'
      ? acquireOwnerDirectory(path, options)
      : acquireDirectoryLock(path, options));
  } catch (cause) {
    throw refusal(file, path, lock, cause);
  }
}

function refusal(file: string, path: string, { kind }: Lock, cause: unknown): unknown {
  if (cause instanceof StorageError && cause.code === 'lock-held') {
    const leftBehind = kind === 'flock' ? '' : ` If none runs, remove the folder ${path} first.`;
    return new ConfigError(
      'file-locked',
      `Another program is writing ${file} and held its lock for longer than Rekey waits. The file was not changed.`,
      `Close the programs that use it and try again.${leftBehind}`,
      { cause },
    );
  }
  const code = systemCode(cause);
  if (code === null) return cause;
  const missing = code === 'ENOENT' || code === 'ENOTDIR';
  return new ConfigError(
    missing ? 'file-missing' : 'file-unwritable',
    `The lock ${path}, under which ${file} is written, can't be taken (${code}). The file was not changed.`,
    'Look at whether the folder is there and you may write in it, then try again.',
    { cause },
  );
}
