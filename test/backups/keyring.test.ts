import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { keyringMissing, keyringPresent, withKeyring } from '../credentials/gnome-keyring.ts';

it.skipIf(!keyringPresent)(
  `versions that were sealed with a key of the desktop’s keychain can be restored after another was chosen${keyringMissing ? `: ${keyringMissing}` : ''}`,
  async () => {
    const home = await mkdtemp(join(tmpdir(), 'rekey-'));
    try {
      const program = join(import.meta.dirname, 'keyring-process.ts');
      const ended = await withKeyring(process.execPath, ['--no-warnings', program], { state: 'unlocked', home });
      expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 0, stderr: '' });
      // Also with no key of a service left that would have to be carried over.
      expect(JSON.parse(ended.stdout)).toEqual({ kind: 'file', problems: [null], restored: true });
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  },
);
