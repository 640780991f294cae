import { readFile, stat } from 'node:fs/promises';
import { ConfigError } from '../configs/snapshot.ts';
import { systemCode } from '../errors.ts';
import type { Machine } from '../machine.ts';
import { type Disk, thisDisk } from './disk.ts';
import type { Host } from './host.ts';
import { locate, there } from './locate.ts';
import { pathsOf } from './paths.ts';

/** Larger lists are left out, and said so: parsed whole, they would take a multiple of this in memory. */
export const LARGEST_LIST_BYTES = 64 * 1024 * 1024;

/** A host's list of projects that could not be read. */
export interface UnreadList {
  readonly hostId: string;
  readonly path: string;
  readonly error: ConfigError;
}

export interface KnownProjects {
  /** Absolute, existing folders in the platform's notation, each once. */
  readonly folders: readonly string[];
  /** Lists that could not be read; the projects in them are missing. */
  readonly problems: readonly UnreadList[];
}

/**
 * The projects to look into: those that the person added and those that hosts note themselves. No folder is crawled.
 *
 * @param added absolute folders from the settings.
 */
export async function knownProjects(
  hosts: readonly Host[],
  machine: Machine,
  added: readonly string[],
  disk: Disk = thisDisk,
): Promise<KnownProjects> {
  const paths = pathsOf(machine);
  const named = [...added];
  const problems: UnreadList[] = [];
  for (const { place, table, name, hostId } of hosts.flatMap((host) =>
    (host.projectLists ?? []).map((list) => ({ ...list, name: host.name, hostId: host.id })),
  )) {
    for (const path of await locate(place, { machine, projects: [], disk })) {
      const read = await projectsIn(path, table, name);
      if (read instanceof ConfigError) problems.push({ hostId, path, error: read });
      else named.push(...read);
    }
  }
  const absolute = named
    .filter((folder) => paths.isAbsolute(folder))
    .map((folder) => withoutEnd(paths.normalize(folder), paths.sep));
  return { folders: await there(onceEach(absolute, machine), disk), problems };
}

/** The names in one object of a host's file; none where there is no file. */
async function projectsIn(path: string, table: string, host: string): Promise<string[] | ConfigError> {
  try {
    const found = await stat(path);
    if (!found.isFile()) return problem('file-not-regular', path, host, 'it is no regular file');
    if (found.size > LARGEST_LIST_BYTES)
      return problem('file-too-large', path, host, `it is larger than ${LARGEST_LIST_BYTES / 1024 / 1024} MB`);
    const document: unknown = JSON.parse((await readFile(path, 'utf8')).replace(/^\uFEFF/, ''));
    const projects = document !== null && typeof document === 'object' ? Reflect.get(document, table) : null;
    return projects !== null && typeof projects === 'object' && !Array.isArray(projects) ? Object.keys(projects) : [];
  } catch (error) {
    if (error instanceof SyntaxError) return problem('file-not-parsable', path, host, 'it is not valid JSON');
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    return problem('file-unreadable', path, host, `it can't be read (${code ?? 'unknown reason'})`);
  }
}

function problem(
  code: 'file-not-regular' | 'file-too-large' | 'file-not-parsable' | 'file-unreadable',
  path: string,
  host: string,
  why: string,
): ConfigError {
  return new ConfigError(
    code,
    `Rekey can't see in ${path} which projects ${host} knows: ${why}. Nothing was changed.`,
    'Add the folders of your projects under Settings, so that they are looked into too.',
  );
}

function withoutEnd(folder: string, separator: string): string {
  return folder.endsWith(separator) && folder.length > separator.length && !/^[A-Za-z]:\\$/.test(folder)
    ? folder.slice(0, -1)
    : folder;
}

/** The same for two ways to write one folder: detours, a separator at the end and, on Windows, the case don't count. */
export function folderIdentity(folder: string, machine: Machine): string {
  const paths = pathsOf(machine);
  const plain = withoutEnd(paths.normalize(folder), paths.sep);
  return machine.platform === 'win32' ? plain.toLowerCase() : plain;
}

function onceEach(folders: readonly string[], machine: Machine): string[] {
  const once = new Map<string, string>();
  for (const folder of folders) {
    const identity = folderIdentity(folder, machine);
    if (!once.has(identity)) once.set(identity, folder);
  }
  return [...once.values()];
}
