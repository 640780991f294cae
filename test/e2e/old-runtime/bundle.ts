import { cp, readFile, writeFile } from 'node:fs/promises';
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
  await bundle('test/e2e/old-runtime/shim.ts', join(folder, 'shim.cjs'), 'cjs');
  await bundle('main/index.ts', join(folder, 'rekey.cjs'), 'cjs');
  for (const part of ['icons', 'preload']) await cp(join(root, 'dist', part), join(folder, part), { recursive: true });
  await viteBuild({
    configFile: join(root, 'renderer/vite.config.ts'),
    logLevel: 'warn',
    build: { outDir: join(folder, 'renderer'), target: 'chrome108', cssTarget: 'chrome108' },
  });
  await bundle('test/e2e/old-runtime/page-shim.ts', join(folder, 'renderer/page-shim.js'), 'iife');
  for (const page of ['index.html', 'confirmation.html']) await shimFirst(join(folder, 'renderer', page));
  const main = join(folder, 'main.cjs');
  await writeFile(main, `require('./shim.cjs');\nrequire('./rekey.cjs');\n`);
  return main;
}

async function bundle(input: string, file: string, format: 'cjs' | 'iife'): Promise<void> {
  const made = await rolldown({
    input: join(root, input),
    external: ['electron', 'keytar'],
    platform: 'node',
    logLevel: 'warn',
    resolve: { mainFields: ['module', 'main'] },
    transform: { target: 'node16' },
  });
  await made.write({ file, format, codeSplitting: false });
  await made.close();
}

async function shimFirst(page: string): Promise<void> {
  const html = await readFile(page, 'utf8');
  await writeFile(page, html.replace('<script', '<script src="./page-shim.js"></script>\n    <script'));
}
