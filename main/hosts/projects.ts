import { fileURLToPath } from 'node:url';
import { serversIn } from '../configs/document.ts';
import { namesAt, textAt } from '../configs/formats/json-path.ts';
import { ConfigError, readSnapshot } from '../configs/snapshot.ts';
import type { Machine } from '../machine.ts';
import { type Disk, thisDisk } from './disk.ts';
import type { Host, ProjectList } from './host.ts';
import { locate, there } from './locate.ts';
import { pathsOf } from './paths.ts';

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
  for (const host of hosts) {
    for (const list of host.projectLists ?? []) {
      for (const path of await locate(list.place, { machine, projects: [], disk })) {
        const read = await projectsIn(path, list, host.name, machine);
        if (read instanceof ConfigError) problems.push({ hostId: host.id, path, error: read });
        else named.push(...read);
      }
    }
  }
  const absolute = named
    .filter((folder) => paths.isAbsolute(folder))
    .map((folder) => withoutEnd(paths.normalize(folder), paths.sep));
  return { folders: await there(onceEach(absolute, machine), disk), problems };
}

/** The folders that one file of a host names; none where there is no file. */
async function projectsIn(
  path: string,
  list: ProjectList,
  host: string,
  machine: Machine,
): Promise<readonly string[] | ConfigError> {
  try {
    const { bytes } = await readSnapshot(path);
    if ('namesOf' in list) {
      return list.format ? serversIn(bytes, list.format, [list.namesOf], path) : namesAt(bytes, list.namesOf, path);
    }
    const address = textAt(bytes, list.uriAt, path);
    const folders = address === null ? [] : folderAt(address, machine);
    return list.ofFile ? folders.map((file) => pathsOf(machine).dirname(file)) : folders;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    if (error.code === 'file-missing') return [];
    return new ConfigError(
      error.code,
      `Rekey can't see which projects ${host} knows: ${error.message}`,
      'Add the folders of your projects under Settings, so that they are looked into too.',
    );
  }
}

/** A folder of this machine; a workspace on another one (`vscode-remote:`) is none. */
function folderAt(address: string, { platform }: Machine): string[] {
  if (!URL.canParse(address) || new URL(address).protocol !== 'file:') return [];
  try {
    return [fileURLToPath(address, { windows: platform === 'win32' })];
  } catch {
    return [];
  }
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
