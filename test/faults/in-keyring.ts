import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { keyringMissing, withKeyring } from '../credentials/gnome-keyring.ts';
import type { Workshop } from './stage.ts';

/**
 * Some rows with a real gnome-keyring in the place of the encrypted file, in a session of its own. Prints them.
 * @returns whether all is well, or nothing could be tried.
 */
export async function runInKeyring({ program, folder }: Workshop): Promise<boolean> {
  if (keyringMissing !== null) {
    console.log(`No rows with a real keyring: ${keyringMissing}`);
    return true;
  }
  const home = await mkdtemp(join(folder, 'session-'));
  try {
    const script = join(import.meta.dirname, 'keyring-rows.ts');
    const { code, stdout, stderr } = await withKeyring(process.execPath, [script, program, folder], {
      state: 'unlocked',
      home,
    });
    console.log(`\nWith a real gnome-keyring:\n${stdout}${stderr}`);
    return code === 0;
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
