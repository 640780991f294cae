import { mkdir, rename, rmdir, stat, utimes } from 'node:fs/promises';
import { systemCode } from '../errors.ts';
import { StorageError } from './errors.ts';

export { StorageError };

export interface LockOptions {
  /** How long to wait for a lock that is held, in milliseconds. */
  readonly waitMs: number;
  /** A lock not refreshed for this long belongs to a process that is gone, in milliseconds. */
  readonly staleMs: number;
}

const BETWEEN_TRIES_MS = 50;

/**
 * Takes a lock that is a directory: made by `mkdir`, kept fresh by its time of change, taken over when stale. This is
 * the protocol of the npm package `proper-lockfile`, which Claude Code and other hosts use for their own files.
 *
 * @returns the release; it leaves a lock alone that somebody else has taken over meanwhile.
 * @throws {StorageError} `lock-held` after `waitMs`.
 */
export async function acquireDirectoryLock(
  path: string,
  { waitMs, staleMs }: LockOptions,
): Promise<() => Promise<void>> {
  const deadline = Date.now() + waitMs;
  while (!(await tryToTake(path, staleMs))) {
    if (Date.now() >= deadline) {
      throw new StorageError(
        'lock-held',
        `Another program holds the lock ${path}. Nothing was changed.`,
        'Wait until it is done, then try again.',
      );
    }
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_TRIES_MS));
  }
  return keepFresh(path, staleMs);
}

async function tryToTake(path: string, staleMs: number): Promise<boolean> {
  if (await make(path)) return true;
  const age = await ageOf(path);
  if (age !== null && age <= staleMs) return false;
  if (age !== null && !(await removeStale(path, staleMs))) return false;
  return make(path);
}

async function make(path: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Moves it away first: of several processes that find it stale, one gets it, and sees whether it still is. */
async function removeStale(path: string, staleMs: number): Promise<boolean> {
  const moved = `${path}.stale-${process.pid}-${Date.now()}`;
  try {
    await rename(path, moved);
  } catch {
    return true;
  }
  const age = await ageOf(moved);
  if (age !== null && age <= staleMs) {
    // Taken and refreshed by somebody between the look and the move: it is theirs.
    await rename(moved, path).catch(() => {});
    return false;
  }
  await rmdir(moved).catch(() => {});
  return true;
}

async function ageOf(path: string): Promise<number | null> {
  try {
    return Date.now() - (await stat(path)).mtimeMs;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

async function keepFresh(path: string, staleMs: number): Promise<() => Promise<void>> {
  // What the file system made of the time that we set: some keep whole seconds only.
  let ours = (await stat(path)).mtimeMs;
  const refresh = async (): Promise<void> => {
    if ((await stat(path)).mtimeMs !== ours) return;
    const now = new Date();
    await utimes(path, now, now);
    ours = (await stat(path)).mtimeMs;
  };
  const timer = setInterval(() => void refresh().catch(() => {}), staleMs / 2);
  timer.unref();
  return async () => {
    clearInterval(timer);
    const held = await stat(path).catch(() => null);
    if (held?.mtimeMs === ours) await rmdir(path).catch(() => {});
  };
}
