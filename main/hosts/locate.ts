import type { Machine } from '../machine.ts';
import type { Disk } from './disk.ts';
import { spread } from './glob.ts';
import type { Place } from './host.ts';
import { expand, foldersAbove, pathsOf, patternFor } from './paths.ts';

/** What a place is looked for in. */
export interface Surroundings {
  readonly machine: Machine;
  /** Folders of the known projects, absolute. */
  readonly projects: readonly string[];
  readonly disk: Disk;
}

/** All paths that a place of the catalogue has on this machine, each once. */
export async function locate(place: Place, around: Surroundings): Promise<string[]> {
  const pattern = patternFor(place, around.machine);
  if (pattern === null) return [];
  const starts = startsOf(pattern, around);
  const found = await Promise.all(
    starts.map(([folder, rest]) => spread(folder, rest, pathsOf(around.machine), around.disk)),
  );
  const located = [...new Set(found.flat())];
  return pattern.startsWith('<above>') ? thereOrBroken(located, around.disk) : located;
}

/** Those of the paths where something is. */
export async function there(found: readonly string[], disk: Disk): Promise<string[]> {
  const real = await Promise.all(found.map((path) => disk.realPath(path)));
  return found.filter((_, index) => real[index] !== null);
}

/** Those of the paths where something is, or a link that leads nowhere or back to itself. */
export async function thereOrBroken(found: readonly string[], disk: Disk): Promise<string[]> {
  const present = await Promise.all(
    found.map(async (path) => (await disk.realPath(path)) !== null || (await disk.isLink(path))),
  );
  return found.filter((_, index) => present[index]);
}

/** Folders to start from, and the rest of the pattern below each in the platform's notation. */
function startsOf(pattern: string, { machine, projects, disk }: Surroundings): [folder: string, rest: string][] {
  const paths = pathsOf(machine);
  const [, token, below = ''] = /^<(project|above)>\/(.*)$/.exec(pattern) ?? [];
  if (token === undefined) {
    return expand(pattern, machine).map((path) => {
      const { root } = paths.parse(path);
      return [root, path.slice(root.length)];
    });
  }
  const folders = token === 'project' ? projects : projects.flatMap((folder) => foldersAbove(folder, paths));
  const rest = paths.normalize(below);
  const [first = ''] = rest.split(paths.sep);
  return [...new Set(folders)].filter((folder) => !disk.rulesOut?.(folder, first)).map((folder) => [folder, rest]);
}
