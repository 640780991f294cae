import { posix, win32 } from 'node:path';
import type { Machine } from '../machine.ts';
import type { Place } from './host.ts';

/** Where Windows keeps these folders; for an environment that lacks the variables. */
const windowsFolders: Readonly<Record<string, string>> = {
  APPDATA: '~/AppData/Roaming',
  LOCALAPPDATA: '~/AppData/Local',
  PROGRAMFILES: 'C:/Program Files',
};

/** A variable with no other one in its default: the innermost is filled in first. */
const variable = /\$\{(\w+)(?::-([^${}]*))?\}/;
const windowsFolder = /%(\w+)%/;

/** Path functions in the notation of the machine's platform. */
export function pathsOf(machine: Machine): typeof posix {
  return machine.platform === 'win32' ? win32 : posix;
}

/** Every folder above one, the nearest first. */
export function foldersAbove(folder: string, paths: typeof posix): string[] {
  const parent = paths.dirname(folder);
  return parent === folder ? [] : [parent, ...foldersAbove(parent, paths)];
}

/** The pattern of a place on this platform, null where it has none. */
export function patternFor(place: Place, machine: Machine): string | null {
  return typeof place === 'string' ? place : (place[machine.platform] ?? null);
}

/**
 * The absolute paths of a pattern, home folder and variables filled in; `*` stays. Pure.
 *
 * A variable that is empty or no absolute path counts as not set, as the XDG specification asks for its own.
 */
export function expand(pattern: string, machine: Machine): string[] {
  const paths = pathsOf(machine);
  const filled = fillIn(pattern, machine).map((text) =>
    paths.normalize(text.replace(/^~(?=\/|$)/, () => machine.home)),
  );
  return [...new Set(filled)].filter((path) => paths.isAbsolute(path));
}

function fillIn(text: string, machine: Machine): string[] {
  const moved = variable.exec(text);
  if (moved) {
    const [token, name = '', fallback] = moved;
    const values = [folderIn(name, machine), fallback].filter((value) => value !== undefined);
    return values.flatMap((value) =>
      fillIn(
        text.replace(token, () => value),
        machine,
      ),
    );
  }
  const folder = machine.platform === 'win32' ? windowsFolder.exec(text) : null;
  if (folder) {
    const [token, name = ''] = folder;
    const value = folderIn(name, machine) ?? windowsFolders[name.toUpperCase()];
    return value === undefined
      ? []
      : fillIn(
          text.replace(token, () => value),
          machine,
        );
  }
  return [text];
}

/** @returns undefined for a value that can't be a folder, or that the patterns' own signs would make another one. */
function folderIn(name: string, machine: Machine): string | undefined {
  const value = machine.platform === 'win32' ? ignoringCase(name, machine.env) : machine.env[name];
  return value && pathsOf(machine).isAbsolute(value) && !/[*%{}]/.test(value) ? value : undefined;
}

/** Windows doesn't tell `Path` from `PATH`; a copy of its environment does. */
function ignoringCase(name: string, env: Machine['env']): string | undefined {
  return Object.entries(env).find(([key]) => key.toUpperCase() === name.toUpperCase())?.[1];
}
