import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemCode } from '../errors.ts';
import { StorageError } from '../storage/directory-lock.ts';

/** macOS takes a lock while it opens a file (open(2), O_EXLOCK); Node has no name for the flag. */
const O_EXLOCK = 0x20;
const BETWEEN_TRIES_MS = 50;

/**
 * Takes the exclusive flock(2) of a file, which Copilot CLI and Crush hold while they write. Node has no call for it: on
 * Linux the program `flock` (util-linux) takes it on a descriptor that it inherits, and the lock stays with the open file.
 *
 * Where the lock's file isn't there, nobody holds it. On Windows, and where `flock` is missing, nothing is locked; the
 * file's hash is then all that keeps a foreign write from being lost.
 *
 * @returns the release.
 * @throws {StorageError} `lock-held` after `waitMs`.
 */
export async function acquireFlock(
  path: string,
  waitMs: number,
  platform: NodeJS.Platform = process.platform,
): Promise<() => Promise<void>> {
  if (platform === 'win32') return async () => {};
  const held = platform === 'darwin' ? await openLocked(path, waitMs) : await lockOpen(path, waitMs);
  return async () => held?.close();
}

async function lockOpen(path: string, waitMs: number): Promise<FileHandle | null> {
  const file = await open(path, constants.O_RDONLY).catch(unlessGone);
  if (!file) return null;
  const child = spawn('flock', ['--exclusive', '--timeout', String(waitMs / 1_000), '3'], {
    stdio: ['ignore', 'ignore', 'ignore', file.fd],
  });
  try {
    const [code] = await once(child, 'exit');
    if (code === 0) return file;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return file;
    await file.close();
    throw error;
  }
  await file.close();
  throw stillHeld(path);
}

async function openLocked(path: string, waitMs: number): Promise<FileHandle | null> {
  for (const deadline = Date.now() + waitMs; ; ) {
    try {
      return await open(path, constants.O_RDONLY | constants.O_NONBLOCK | O_EXLOCK);
    } catch (error) {
      if (systemCode(error) !== 'EAGAIN') return unlessGone(error);
    }
    if (Date.now() >= deadline) throw stillHeld(path);
    await sleep(BETWEEN_TRIES_MS);
  }
}

function stillHeld(path: string): StorageError {
  return new StorageError(
    'lock-held',
    `Another program holds the lock ${path}. Nothing was changed.`,
    'Wait until it is done, then try again.',
  );
}

function unlessGone(error: unknown): null {
  if (systemCode(error) === 'ENOENT') return null;
  throw error;
}
