import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

/** Builds the pages into a folder of their own, so that the specs always see the source as it stands. */
export default async function buildPages(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'rekey-'));
  await build({
    configFile: join(import.meta.dirname, '../../renderer/vite.config.ts'),
    logLevel: 'warn',
    build: { outDir: folder, emptyOutDir: true },
  });
  process.env.REKEY_TEST_PAGES = folder;
  return () => rm(folder, { recursive: true, force: true });
}
