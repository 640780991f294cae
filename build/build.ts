import { chmod, cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type InputOptions, type OutputOptions, rolldown } from 'rolldown';
import { build as viteBuild } from 'vite';

/** The folder that holds package.json. */
export const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

/** Native or provided by the runtime: never bundled. */
const external = ['electron', 'keytar'];

async function bundle(input: InputOptions, output: OutputOptions): Promise<void> {
  const build = await rolldown({
    external,
    platform: 'node',
    logLevel: 'warn',
    // jsonc-parser's main file can't be bundled, its module can.
    resolve: { mainFields: ['module', 'main'] },
    ...input,
  });
  await build.write({ sourcemap: true, ...output });
  await build.close();
}

/** Everything that `npm start`, the tests and the packages run, into `dist/`. */
export async function build(): Promise<void> {
  await rm(dist, { recursive: true, force: true });
  const mainEntries = { main: join(root, 'main/index.ts'), browser: join(root, 'main/browser.ts') };
  const modules = {
    dir: dist,
    format: 'esm',
    entryFileNames: '[name].mjs',
    chunkFileNames: 'chunks/[name]-[hash].mjs',
  } as const;
  await bundle({ input: mainEntries }, modules);
  await bundle(
    { input: { rekey: join(root, 'bridge/rekey.ts') } },
    { ...modules, chunkFileNames: 'rekey/[name]-[hash].mjs' },
  );
  await chmod(join(dist, 'rekey.mjs'), 0o755);
  for (const window of ['main-window', 'confirmation-window']) {
    // Sandboxed preloads are CommonJS, each a single file.
    await bundle(
      { input: { [window]: join(root, `preload/${window}.ts`) } },
      { dir: join(dist, 'preload'), format: 'cjs', entryFileNames: '[name].cjs' },
    );
  }
  await cp(join(root, 'build/icons/tray'), join(dist, 'icons'), {
    recursive: true,
    filter: (path) => !path.endsWith('.svg'),
  });
  await buildPages();
}

/** The pages as people get them, whoever builds: React's development build holds paths of this machine. */
async function buildPages(): Promise<void> {
  const { NODE_ENV: before } = process.env;
  process.env.NODE_ENV = 'production';
  try {
    await viteBuild({ configFile: join(root, 'renderer/vite.config.ts'), logLevel: 'warn' });
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
}

if (import.meta.main) await build();
