import { constants } from 'node:fs';
import { access, readFile, readlink } from 'node:fs/promises';
import { z } from 'zod';
import type { Platform } from '../../machine.ts';
import type { RunningProgram } from '../programs.ts';
import { LifecycleError } from './errors.ts';
import { mainProcesses } from './tree.ts';

/**
 * How a host can be started again the way it was started. Arguments and environment may hold secrets: it is kept sealed
 * or not at all.
 */
export const StartRecipeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('bundle'), bundle: z.string() }),
  /** A Windows app that must be started by its package: by its executable it would not find its own data. */
  z.object({ kind: z.literal('package'), family: z.string() }),
  z.object({
    kind: z.literal('executable'),
    executable: z.string(),
    argv0: z.string().nullable(),
    args: z.array(z.string()),
    /** Null: as Rekey's own. */
    folder: z.string().nullable(),
    env: z.record(z.string(), z.string()).nullable(),
  }),
]);
export type StartRecipe = z.infer<typeof StartRecipeSchema>;

/**
 * Sees from a host's processes how it was started.
 * @throws {LifecycleError} `host-not-startable`: it must not be quit then.
 */
export async function recipeOf(
  name: string,
  processes: readonly RunningProgram[],
  platform: Platform,
): Promise<StartRecipe> {
  const [main] = mainProcesses(processes);
  if (!main) throw notStartable(name);
  if (platform === 'darwin') return { kind: 'bundle', bundle: bundleOf(name, main.executable) };
  if (platform === 'win32') return ofWindows(main.executable);
  return ofProcess(name, main.pid);
}

const INSIDE_BUNDLE = '.app/Contents/MacOS/';

/** `/Applications/Claude.app` of the executable in it. @throws {LifecycleError} `host-not-startable`. */
export function bundleOf(name: string, executable: string): string {
  const end = executable.lastIndexOf(INSIDE_BUNDLE);
  if (end < 0) throw notStartable(name);
  return executable.slice(0, end + '.app'.length);
}

/** Folder of a packaged app: name, version, architecture, resources, publisher. */
const PACKAGE = /\\WindowsApps\\([\w.-]+?)_[\d.]+_\w*_[\w.-]*_(\w+)\\/i;

function ofWindows(executable: string): StartRecipe {
  const [, app, publisher] = PACKAGE.exec(executable) ?? [];
  if (app !== undefined && publisher !== undefined) return { kind: 'package', family: `${app}_${publisher}` };
  return { kind: 'executable', executable, argv0: null, args: [], folder: null, env: null };
}

/** From `/proc`, as Linux has it. */
async function ofProcess(name: string, pid: number): Promise<StartRecipe> {
  try {
    const at = `/proc/${pid}`;
    const [argv0 = null, ...args] = fields(await readFile(`${at}/cmdline`, 'utf8'));
    const env = Object.fromEntries(
      fields(await readFile(`${at}/environ`, 'utf8')).flatMap((entry) => {
        const cut = entry.indexOf('=');
        return cut > 0 ? [[entry.slice(0, cut), entry.slice(cut + 1)]] : [];
      }),
    );
    const folder = await readlink(`${at}/cwd`);
    // What an AppImage runs lies in a folder that goes when it ends; the image itself stays.
    const image = env.APPIMAGE;
    const executable = image ?? (await readlink(`${at}/exe`)).replace(/ \(deleted\)$/, '');
    await access(executable, constants.X_OK);
    return { kind: 'executable', executable, argv0: image ? null : argv0, args, folder, env };
  } catch (cause) {
    // The program lies in a sandbox of its own (Flatpak, Snap), or has just ended.
    throw notStartable(name, cause);
  }
}

function fields(text: string): string[] {
  return text.replace(/\0$/, '').split('\0');
}

function notStartable(name: string, cause?: unknown): LifecycleError {
  return new LifecycleError(
    'host-not-startable',
    `Rekey can’t see how ${name} was started, so it was not quit.`,
    `Quit ${name} yourself and start it again.`,
    { cause },
  );
}
