import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { build as viteBuild } from 'vite';
import { root } from '../../../build/build.ts';

/**
 * Rekey's app in the form that Electron 22 can load: CommonJS for Node 16, pages for Chromium 108, the shim before it all.
 * @param folder an empty folder.
 * @returns the script to start.
 */
export async function bundleForOldRuntime(folder: string): Promise<string> {
  await commonJs(join(root, 'test/e2e/old-runtime/shim.ts'), join(folder, 'shim.cjs'));
  await commonJs(join(root, 'main/index.ts'), join(folder, 'rekey.cjs'));
  for (const part of ['icons', 'preload']) await cp(join(root, 'dist', part), join(folder, part), { recursive: true });
  await viteBuild({
    configFile: join(root, 'renderer/vite.config.ts'),
    logLevel: 'warn',
    build: { outDir: join(folder, 'renderer'), target: 'chrome108', cssTarget: 'chrome108' },
  });
  const main = join(folder, 'main.cjs');
  await writeFile(main, `require('./shim.cjs');\nrequire('./rekey.cjs');\n`);
  return main;
}

async function commonJs(input: string, file: string): Promise<void> {
  const bundle = await rolldown({
    input,
    external: ['electron', 'keytar'],
    platform: 'node',
    logLevel: 'warn',
    resolve: { mainFields: ['module', 'main'] },
    transform: { target: 'node16' },
  });
  await bundle.write({ file, format: 'cjs', codeSplitting: false });
  await bundle.close();
}
