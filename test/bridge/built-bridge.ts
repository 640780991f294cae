import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RolldownOutput, rolldown } from 'rolldown';

const repository = join(import.meta.dirname, '../..');

/** The `rekey` program, bundled as it is shipped, in a folder of its own. */
export interface BuiltBridge {
  /** The folder that holds `dist/`. */
  readonly root: string;
  readonly program: string;
  readonly output: RolldownOutput;
  remove(): Promise<void>;
}

export async function buildBridge(): Promise<BuiltBridge> {
  const root = await mkdtemp(join(tmpdir(), 'rekey-'));
  const bundle = await rolldown({
    input: { rekey: join(repository, 'bridge/rekey.ts') },
    platform: 'node',
    external: ['electron', 'keytar'],
    logLevel: 'warn',
  });
  const output = await bundle.write({
    dir: join(root, 'dist'),
    format: 'esm',
    entryFileNames: '[name].mjs',
    chunkFileNames: 'rekey/[name]-[hash].mjs',
  });
  await bundle.close();
  return {
    root,
    program: join(root, 'dist/rekey.mjs'),
    output,
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
