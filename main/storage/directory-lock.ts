import { mkdir, rmdir, stat, utimes } from 'node:fs/promises';
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
  return (await isStale(path, staleMs)) && takeOver(path, staleMs);
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

/**
 * Of several processes that find the lock stale, one at a time looks again and replaces it; else the second would remove
 * the lock that the first has just taken.
 */
async function takeOver(path: string, staleMs: number): Promise<boolean> {
  const turn = `${path}.takeover`;
  if (!(await make(turn))) {
    // Left by a process that died in its turn. The next try begins anew.
    if (await isStale(turn, staleMs)) await remove(turn);
    return false;
  }
  try {
    if (await isStale(path, staleMs)) await remove(path);
    return await make(path);
  } finally {
    await remove(turn);
  }
}

/** Missing is not stale. */
async function isStale(path: string, staleMs: number): Promise<boolean> {
  try {
    return Date.now() - (await stat(path)).mtimeMs > staleMs;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}

async function remove(path: string): Promise<void> {
  try {
    await rmdir(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}

/** @returns the release. A lock whose time isn't the one that we set has been taken over, and is left alone. */
async function keepFresh(path: string, staleMs: number): Promise<() => Promise<void>> {
  // What the file system made of the time that we set: some keep whole seconds only.
  let ours = (await stat(path)).mtimeMs;
  let refreshed: Promise<void> = Promise.resolve();
  const refresh = async (): Promise<void> => {
    if ((await stat(path)).mtimeMs !== ours) return;
    const now = new Date();
    await utimes(path, now, now);
    ours = (await stat(path)).mtimeMs;
  };
  const timer = setInterval(() => {
    // A lock that can't be refreshed goes stale: whoever takes it over then is let have it.
    refreshed = refreshed.then(refresh).catch(() => {});
  }, staleMs / 2);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await refreshed;
    const held = await stat(path).catch(() => null);
    if (held?.mtimeMs === ours) await rmdir(path).catch(() => {});
  };
}
