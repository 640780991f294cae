import { access, constants, lstat, realpath, statfs } from 'node:fs/promises';
import { dirname, isAbsolute, relative, sep } from 'node:path';
import { systemCode } from '../errors.ts';
import { ConfigError, type Snapshot } from './snapshot.ts';
import { writeFailure } from './write-errors.ts';

/** Left free beside the new version. */
const SPARE_BYTES = 1_000_000;

/**
 * What will keep a file from being replaced, as far as can be seen without trying: rights, a file system that is
 * read-only or full, a mark. Touches nothing.
 *
 * @returns null where nothing is to be seen. A write may fail all the same.
 */
export async function obstacleTo(snapshot: Snapshot): Promise<ConfigError | null> {
  const { path, target, mode, bytes } = snapshot;
  // Root may write anything, and a rename needs no right to the file: but a file that nobody may write is meant so.
  if ((mode & 0o222) === 0) {
    return new ConfigError(
      'file-unwritable',
      `${path} is marked as read-only. It was not changed.`,
      'Allow writing to the file, then try again.',
    );
  }
  const folder = dirname(target);
  try {
    const [{ bavail, bsize, blocks }] = await Promise.all([
      statfs(folder),
      access(target, constants.W_OK),
      access(folder, constants.W_OK),
    ]);
    // Some network file systems report nothing at all.
    const isFull = blocks > 0 && bavail * bsize < bytes.length + SPARE_BYTES;
    return isFull ? writeFailure(path, 'ENOSPC') : null;
  } catch (cause) {
    return writeFailure(path, systemCode(cause) ?? 'unknown error', cause);
  }
}

/**
 * A link in the home folder that stands in the place of a config file and leads out of it: what is there may be
 * somebody else's, or shared, and isn't what the person sees when they look at the plan.
 *
 * @param home the person's home folder. A folder in it may itself be kept elsewhere.
 * @returns null for any other file.
 */
export async function linkOutside({ path, target }: Snapshot, home: string): Promise<ConfigError | null> {
  if (!isBelow(path, home) || !(await lstat(path)).isSymbolicLink()) return null;
  if (isBelow(target, await realpath(home))) return null;
  return new ConfigError(
    'file-link-outside',
    `${path} is a link to ${target}, outside of your home folder. Rekey follows no link out of it. Nothing was changed.`,
    'Put a copy of that file in the place of the link, then try again; or put the new key into it by hand.',
  );
}

function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
