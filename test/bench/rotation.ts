import { mkdtemp, open, readFile, realpath, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyringPresent, withKeyring } from '../credentials/gnome-keyring.ts';
import type { Bench } from './bench.ts';
import { FILE_COUNT, placeFiles } from './host-files.ts';

const CHILD = join(import.meta.dirname, 'rotation-child.ts');
const keychain = keyringPresent ? 'os' : 'file';

/** Milliseconds from the approval to the end, less those in which the service has the requests. */
async function rotate(): Promise<number> {
  const home = await mkdtemp(join(tmpdir(), 'rekey-bench-'));
  try {
    // Without a keyring there is no bus either; the encrypted file needs none.
    const state = keyringPresent ? 'unlocked' : 'no-bus';
    const { code, stdout, stderr } = await withKeyring(process.execPath, [CHILD, keychain], { state, home });
    const ms = Number.parseFloat(stdout);
    if (code !== 0 || Number.isNaN(ms)) throw new Error(`the rotation could not be measured (${code}): ${stderr}`);
    return ms;
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** The least that whole files on the disk cost: the same thirty, each to a file beside it, fsync, rename. */
async function writeWithFsync(): Promise<number> {
  const home = await mkdtemp(join(tmpdir(), 'rekey-bench-'));
  try {
    const { paths } = await placeFiles(home, `sk-live-${'0'.repeat(40)}`);
    const files = await Promise.all(
      paths.map(async (path) => ({ target: await realpath(path), bytes: await readFile(path) })),
    );
    const start = performance.now();
    for (const { target, bytes } of files) {
      const handle = await open(`${target}.tmp`, 'wx');
      await handle.writeFile(bytes);
      await handle.sync();
      await handle.close();
      await rename(`${target}.tmp`, target);
    }
    return performance.now() - start;
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** What a rotation costs on this machine, the service's own time left out. */
const bench: Bench = {
  name: 'rotation',
  cases: [
    {
      name: `rotation of ${FILE_COUNT} files, ${keyringPresent ? 'gnome-keyring' : 'encrypted-file keychain'}`,
      unit: 'ms',
      runs: 7,
      ours: rotate,
      peers: { [`write ${FILE_COUNT} files with fsync`]: writeWithFsync },
    },
  ],
};

export default bench;
