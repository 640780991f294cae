import { chmod, mkdir, readdir, stat } from 'node:fs/promises';
import { posix, win32 } from 'node:path';
import { systemCode } from '../errors.ts';
import type { Machine } from '../machine.ts';
import { StorageError } from './errors.ts';

/** Where Rekey keeps what is its own: `REKEY_HOME`, else the platform's place for data of programs. */
export function dataFolder({ platform, home, env }: Machine): string {
  if (env.REKEY_HOME) return (platform === 'win32' ? win32 : posix).resolve(env.REKEY_HOME);
  if (platform === 'win32') return win32.join(env.APPDATA || win32.join(home, 'AppData', 'Roaming'), 'Rekey');
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Rekey');
  // The XDG base directory specification: a relative path there is invalid and to be ignored.
  const xdg = env.XDG_DATA_HOME && posix.isAbsolute(env.XDG_DATA_HOME) ? env.XDG_DATA_HOME : null;
  return posix.join(xdg ?? posix.join(home, '.local', 'share'), 'rekey');
}

/** Rekey's own files, by which a folder is known to be its own. */
const OURS: ReadonlySet<string> = new Set(['credentials.json', 'settings.json', 'keychain-choice.json', 'rotations']);

/**
 * Makes the folder, for its owner alone. From one that is there already the rights of others are taken away, unless it
 * is in use for something else: `REKEY_HOME=/tmp` must not close /tmp to everyone.
 * @throws {StorageError} `storage-unsafe` when it belongs to somebody else or is in use for something else,
 * `storage-unwritable` when it can't be made.
 */
export async function makeDataFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
    throw new StorageError(
      'storage-unwritable',
      `The data folder ${path} can’t be made (${systemCode(cause)}).`,
      'Mend the rights on the folder above it, or set REKEY_HOME to a folder of your own.',
      { cause },
    );
  });
  const { uid, mode } = await stat(path);
  const own = process.getuid?.();
  if (own === undefined) return;
  if (uid !== own) throw unsafe(path, 'belongs to another user');
  if ((mode & 0o077) === 0) return;
  const names = await readdir(path);
  if (names.length > 0 && !names.some((name) => OURS.has(name)))
    throw unsafe(path, 'is open to other users and holds other things than Rekey’s');
  await chmod(path, 0o700);
}

function unsafe(path: string, why: string): StorageError {
  return new StorageError(
    'storage-unsafe',
    `The data folder ${path} ${why}. Nothing was written there.`,
    'Set REKEY_HOME to a folder that is for Rekey alone.',
  );
}
