import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Plugin, rolldown } from 'rolldown';
import manifest from '../package.json' with { type: 'json' };
import { root } from './build.ts';

const run = promisify(execFile);
const POSTJECT = join(root, 'node_modules/postject/dist/cli.js');

/** What Node looks for in its own file to see that a program was put into it. */
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

/**
 * The `rekey` program with the Node that it runs on, in one file: installed apps bring no Node.
 *
 * It is made for the machine that it is built on. There is no keytar in it: keys are the app's, and asked for at its socket.
 *
 * @param output where it goes; replaced when it is there.
 * @see https://nodejs.org/docs/latest-v24.x/api/single-executable-applications.html
 */
export async function buildSingleExecutable(output: string): Promise<void> {
  if (process.versions.node !== manifest.devDependencies.node) {
    throw new Error(`This Node is ${process.versions.node}, not the ${manifest.devDependencies.node} of package.json.`);
  }
  const folder = await mkdtemp(join(tmpdir(), 'rekey-'));
  try {
    const main = join(folder, 'rekey.cjs');
    await bundleRekey(main);
    const blob = await makeBlob(main, folder);
    await mkdir(dirname(output), { recursive: true });
    await rm(output, { force: true });
    await copyFile(process.execPath, output);
    await chmod(output, 0o755);
    await putInto(output, blob);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The whole program as one CommonJS script; its modules are still run no sooner than they are needed. */
export async function bundleRekey(file: string, plugins: readonly Plugin[] = []): Promise<void> {
  const bundle = await rolldown({
    input: join(root, 'bridge/single-executable.ts'),
    platform: 'node',
    external: ['electron', 'keytar'],
    logLevel: 'warn',
    resolve: { mainFields: ['module', 'main'] },
    plugins: [...plugins],
  });
  await bundle.write({ file, format: 'cjs', codeSplitting: false });
  await bundle.close();
}

async function makeBlob(main: string, folder: string): Promise<string> {
  const output = join(folder, 'rekey.blob');
  const config = join(folder, 'config.json');
  const options = {
    main,
    output,
    disableExperimentalSEAWarning: true,
    useCodeCache: true,
    // NODE_OPTIONS would let others run code as this program.
    execArgvExtension: 'none',
  };
  await writeFile(config, JSON.stringify(options));
  await run(process.execPath, ['--experimental-sea-config', config]);
  return output;
}

/** macOS runs no changed program with its old signature, and on Apple silicon none without one. */
async function putInto(executable: string, blob: string): Promise<void> {
  const isMac = process.platform === 'darwin';
  if (isMac) await run('codesign', ['--remove-signature', executable]);
  const options = ['--sentinel-fuse', FUSE, ...(isMac ? ['--macho-segment-name', 'NODE_SEA'] : [])];
  // As a program: it says much on stderr that means nothing.
  await run(process.execPath, [POSTJECT, executable, 'NODE_SEA_BLOB', blob, ...options]);
  if (isMac) await run('codesign', ['--sign', '-', executable]);
}
