import { createHash } from 'node:crypto';
import { lstat } from 'node:fs/promises';
import { posix } from 'node:path';
import { RekeyError, systemCode } from '../errors.ts';
import type { Machine } from '../machine.ts';

/** Unix socket addresses hold 104 bytes on macOS and 108 on Linux, with the final NUL. */
const LONGEST_PATH_BYTES = 100;

export class SocketFolderError extends RekeyError<'socket-folder-unsafe'> {}

/**
 * Where the app listens and the `rekey` program looks for it. Pure: both ends must come to the same answer.
 *
 * Only the home and the data folder count, not `XDG_RUNTIME_DIR` or `TMPDIR`: MCP hosts start their servers with most
 * of the environment taken away, and the two ends would miss each other.
 *
 * @param userId the Unix user; unused on Windows.
 * @returns `<dataFolder>/run/rekey.sock`, a path under `/tmp` where that is too long for an address, or a named pipe.
 */
export function socketPath(machine: Machine, dataFolder: string, userId: number = process.getuid?.() ?? 0): string {
  if (machine.platform === 'win32') {
    return `\\\\.\\pipe\\rekey-${digest(`${machine.home}\n${dataFolder}`.toLowerCase())}`;
  }
  const path = posix.join(dataFolder, 'run', 'rekey.sock');
  if (Buffer.byteLength(path) <= LONGEST_PATH_BYTES) return path;
  return `/tmp/rekey-${userId}-${digest(dataFolder)}/rekey.sock`;
}

/**
 * Looks at the folder of a Unix socket before it is trusted: under `/tmp` anybody could have made it first.
 * @returns false when there is none yet.
 * @throws {SocketFolderError} when it isn't a folder that is ours and nobody else's.
 */
export async function checkSocketFolder(folder: string): Promise<boolean> {
  let found: Awaited<ReturnType<typeof lstat>>;
  try {
    found = await lstat(folder);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw unsafe(folder, 'it can’t be looked at', error);
  }
  if (!found.isDirectory()) throw unsafe(folder, 'it is no folder');
  if (found.uid !== process.getuid?.()) throw unsafe(folder, 'it belongs to another user');
  if ((found.mode & 0o077) !== 0) throw unsafe(folder, 'other users can open it');
  return true;
}

function unsafe(folder: string, why: string, cause?: unknown): SocketFolderError {
  return new SocketFolderError(
    'socket-folder-unsafe',
    `Rekey does not use ${folder} for its connections: ${why}. Nothing was changed.`,
    'Remove it, or make it yours alone (chmod 700), and try again.',
    { cause },
  );
}

function digest(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 16);
}
