import { lstat, readlink, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { systemCode } from '../errors.ts';
import { ConfigError, targetOf } from './snapshot.ts';

/** As many as Linux follows. */
const MAX_LINKS = 40;

/**
 * Where the bytes of a file are, or would be if it were there: links followed, also one that leads to nothing.
 * @throws {ConfigError} `file-link-broken` for a link that leads back to itself, `file-unreadable`.
 */
export async function destinationOf(path: string): Promise<string> {
  let at = path;
  for (let links = 0; links < MAX_LINKS; links++) {
    const real = await realpath(at).catch((error: unknown) => {
      if (isMissing(error)) return null;
      // What else is wrong with it is told in the words for all files.
      return targetOf(path);
    });
    if (real !== null) return real;
    const isLink = await lstat(at).then(
      (found) => found.isSymbolicLink(),
      () => false,
    );
    const folder = dirname(at);
    if (!isLink) return folder === at ? at : join(await destinationOf(folder), basename(at));
    at = resolve(await destinationOf(folder), await readlink(at));
  }
  throw new ConfigError(
    'file-link-broken',
    `${path} is a link that leads nowhere. Nothing was changed.`,
    'Repair or remove the link.',
  );
}

/** Whether two paths lead to the same place, there or not. */
export async function isSamePlace(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([one, other].map((path) => destinationOf(path).catch(() => path)));
  return process.platform === 'win32' ? first?.toLowerCase() === second?.toLowerCase() : first === second;
}

function isMissing(error: unknown): boolean {
  const code = systemCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}
