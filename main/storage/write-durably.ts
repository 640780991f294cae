import { randomBytes } from 'node:crypto';
import { open, readdir, realpath, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { systemCode } from '../errors.ts';

/** Windows refuses to replace a file that a virus scanner or a backup has open just now. */
const REFUSED_FOR_NOW: ReadonlySet<string | null> = new Set(['EPERM', 'EACCES', 'EBUSY']);
const PAUSES_MS = [10, 50, 200, 500];
/** `<name>.<12 random digits>.tmp`. */
const TEMPORARY = /\.[0-9a-f]{12}\.tmp$/;

/**
 * Replaces a file of ours in one rename, 0600, and returns when both it and its folder are on disk.
 *
 * `write-file-atomic` (8.0.0) is not used: it writes with a single call and takes no notice of how much was written, so
 * that a full disk makes it put the first part of the text in the place of the whole file, without an error.
 * @throws system errors, with the file as it was.
 */
export async function writeDurably(path: string, content: string | Buffer): Promise<void> {
  const target = await realpath(path).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return path;
    throw error;
  });
  await createDurably(target, content);
}

/**
 * The same for a file that is not there yet, or at least is no link.
 * @throws system errors, with nothing left behind.
 */
export async function createDurably(target: string, content: string | Buffer): Promise<void> {
  const temporary = `${target}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await writeNew(temporary, content);
    await replace(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(target));
}

/** Removes what writes of a process that was killed have left below a folder of ours. Only while nobody else writes there. */
export async function removeTorn(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const torn = entries.filter((entry) => entry.isFile() && TEMPORARY.test(entry.name));
  await Promise.all(torn.map(({ parentPath, name }) => rm(join(parentPath, name), { force: true })));
}

async function writeNew(path: string, content: string | Buffer): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function replace(from: string, to: string): Promise<void> {
  for (const pause of process.platform === 'win32' ? PAUSES_MS : []) {
    try {
      return await rename(from, to);
    } catch (error) {
      if (!REFUSED_FOR_NOW.has(systemCode(error))) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  await rename(from, to);
}

/** Without this, a rename may be gone after a power cut. Windows has no such call and needs none. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
