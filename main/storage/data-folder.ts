import { chmod, mkdir, stat } from 'node:fs/promises';
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

/**
 * Makes the folder, for its owner alone.
 * @throws {StorageError} `storage-unsafe` when it belongs to somebody else, `storage-unwritable` when it can't be made.
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
  if (own !== undefined && uid !== own) {
    throw new StorageError(
      'storage-unsafe',
      `The data folder ${path} belongs to another user. Nothing was written there.`,
      'Remove it, or set REKEY_HOME to a folder of your own.',
    );
  }
  if (own !== undefined && (mode & 0o077) !== 0) await chmod(path, 0o700);
}
