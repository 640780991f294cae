import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, rmdir, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemCode } from '../errors.ts';
import { type LockOptions, StorageError } from '../storage/directory-lock.ts';

/** As often as Cline looks. */
const BETWEEN_TRIES_MS = 25;

/**
 * Takes Cline's lock: a folder with one file in it that names its owner. It is filled beside its place and renamed into
 * it, so that it never stands there empty, and set aside by a rename when it has gone stale (cline/cline
 * apps/vscode/src/services/mcp/settingsLock.ts).
 *
 * @returns the release; it leaves a lock alone that somebody else has taken over meanwhile.
 * @throws {StorageError} `lock-held` after `waitMs`.
 */
export async function acquireOwnerDirectory(
  path: string,
  { waitMs, staleMs }: LockOptions,
): Promise<() => Promise<void>> {
  const owner = `${process.pid}.${Date.now()}.${randomUUID()}`;
  const deadline = Date.now() + waitMs;
  while (!(await take(path, owner))) {
    if (Date.now() >= deadline) {
      throw new StorageError(
        'lock-held',
        `Another program holds the lock ${path}. Nothing was changed.`,
        'Wait until it is done, then try again.',
      );
    }
    await setAsideWhenStale(path, owner, staleMs);
    await sleep(BETWEEN_TRIES_MS);
  }
  return () => release(path, owner);
}

async function take(path: string, owner: string): Promise<boolean> {
  const staging = `${path}.tmp.${owner}`;
  await mkdir(staging, { mode: 0o700 });
  try {
    await writeFile(join(staging, `owner.${owner}`), owner, { flag: 'wx', mode: 0o600 });
    await rename(staging, path);
    return true;
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    // Windows says EPERM for a folder that is there.
    if (['EEXIST', 'ENOTEMPTY'].includes(systemCode(error) ?? '') || (await isThere(path))) return false;
    throw error;
  }
}

async function setAsideWhenStale(path: string, owner: string, staleMs: number): Promise<void> {
  const found = await stat(path).catch(unlessGone);
  if (!found || Date.now() - found.mtimeMs < staleMs) return;
  const aside = `${path}.stale.${owner}`;
  await rename(path, aside).then(() => rm(aside, { recursive: true, force: true }), unlessGone);
}

/** Removes our own mark only: where another owner has taken over, the folder isn't empty and stays. */
async function release(path: string, owner: string): Promise<void> {
  await unlink(join(path, `owner.${owner}`)).catch(unlessGone);
  await rmdir(path).catch((error: unknown) => {
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(systemCode(error) ?? '')) throw error;
  });
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(unlessGone)) !== null;
}

function unlessGone(error: unknown): null {
  if (systemCode(error) === 'ENOENT') return null;
  throw error;
}
