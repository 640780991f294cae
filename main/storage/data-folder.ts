import { chmod, mkdir, stat } from 'node:fs/promises';
import { posix, win32 } from 'node:path';
import type { Machine } from '../machine.ts';
import { StorageError } from './errors.ts';

/** Where Rekey keeps what is its own: `REKEY_HOME`, else the platform's place for data of programs. */
export function dataFolder({ platform, home, env }: Machine): string {
  if (env.REKEY_HOME) return env.REKEY_HOME;
  if (platform === 'win32') return win32.join(env.APPDATA || win32.join(home, 'AppData', 'Roaming'), 'Rekey');
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Rekey');
  return posix.join(env.XDG_DATA_HOME || posix.join(home, '.local', 'share'), 'rekey');
}

/**
 * Makes the folder, for its owner alone.
 * @throws {StorageError} `storage-unsafe` when it belongs to somebody else.
 */
export async function makeDataFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
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
