import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { systemCode } from '../../main/errors.ts';

export type OnDemand = { readonly folder: string } | { readonly missing: string };

/** npm gets this long for one package with all that it needs, in milliseconds. */
const INSTALL_WITHIN_MS = 5 * 60_000;
/** What a killed run left behind is removed after this time, in milliseconds: no install takes as long. */
const LEFT_BEHIND_AFTER_MS = 2 * INSTALL_WITHIN_MS;

const cacheFolder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'rekey-tests');

/**
 * Another project's program in one pinned version, for tests that run it: installed once, into a cache outside the
 * tree, without its install scripts. Several test processes may ask at once.
 *
 * @param version exact; a range would test something else tomorrow.
 * @returns the folder that holds `node_modules`, or the reason why there is none, for the test that is skipped.
 */
export async function installOnDemand(name: string, version: string, cache: string = cacheFolder): Promise<OnDemand> {
  if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) throw new Error(`${name}: ${version} is no exact version`);
  const folderName = `${name.replace('@', '').replaceAll('/', '-')}-${version}`;
  const folder = join(cache, folderName);
  if (await exists(folder)) return { folder };
  const prefix = `.${folderName}-`;
  let making: string | null = null;
  try {
    await mkdir(cache, { recursive: true });
    await removeLeftBehind(cache, prefix);
    making = await mkdtemp(join(cache, prefix));
    await install(`${name}@${version}`, making);
    await rename(making, folder);
    return { folder };
  } catch (error) {
    if (making !== null) await rm(making, { recursive: true, force: true });
    // Another process was first: its folder is as good.
    if (await exists(folder)) return { folder };
    return { missing: `${name}@${version} could not be installed (${reason(error)})` };
  }
}

async function install(spec: string, folder: string): Promise<void> {
  // So that npm takes this folder for the project, whatever lies above it.
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
  const offlineSoon = ['--fetch-retries=1', '--fetch-retry-mintimeout=500', '--fetch-retry-maxtimeout=2000'];
  await promisify(execFile)('npm', ['install', '--prefix', folder, ...quietly, ...offlineSoon, spec], {
    cwd: folder,
    timeout: INSTALL_WITHIN_MS,
  });
}

async function removeLeftBehind(cache: string, prefix: string): Promise<void> {
  for (const name of await readdir(cache)) {
    if (!name.startsWith(prefix)) continue;
    const path = join(cache, name);
    // Another process may have moved it to its place meanwhile.
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > LEFT_BEHIND_AFTER_MS) await rm(path, { recursive: true, force: true });
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** npm's own code for what is wrong (E404, ENOTFOUND ...), else the system's. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown reason';
  if ('killed' in error && error.killed) return `npm was not done after ${INSTALL_WITHIN_MS / 60_000} minutes`;
  const said = 'stderr' in error ? String(error.stderr) : '';
  return /npm error code (\S+)/.exec(said)?.[1] ?? systemCode(error) ?? error.message;
}
