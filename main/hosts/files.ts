import type { TablePattern } from '../configs/site.ts';
import type { Machine } from '../machine.ts';
import { type Disk, thisDisk } from './disk.ts';
import type { Host, HostFile, HostFileSpec, Place } from './host.ts';
import { locate, type Surroundings, thereOrBroken } from './locate.ts';
import { pathsOf } from './paths.ts';

/**
 * Every place where this host keeps config on this machine, there or not; each file once, links followed.
 *
 * @param projects folders of the known projects, absolute.
 */
export function hostFiles(
  host: Host,
  machine: Machine,
  projects: readonly string[],
  disk: Disk = thisDisk,
): Promise<HostFile[]> {
  return filesOfHosts([host], machine, projects, disk);
}

/**
 * The same for several hosts. A file that two of them read is in the list once, under the first one's name, with the
 * tables of both: nothing is planned or patched twice.
 */
export async function filesOfHosts(
  hosts: readonly Host[],
  machine: Machine,
  projects: readonly string[],
  disk: Disk = thisDisk,
): Promise<HostFile[]> {
  return onceEach(await placesOf(hosts, { machine, projects, disk }), { machine, projects, disk });
}

/** Those of them that are there now, and those in whose place a broken link stands: the person is told of it. */
export async function existingFilesOfHosts(
  hosts: readonly Host[],
  machine: Machine,
  projects: readonly string[],
  disk: Disk = thisDisk,
): Promise<HostFile[]> {
  const around = { machine, projects, disk };
  const files = await placesOf(hosts, around);
  const existing = new Set(
    await thereOrBroken(
      files.map(({ path }) => path),
      disk,
    ),
  );
  return onceEach(
    files.filter(({ path }) => existing.has(path)),
    around,
  );
}

async function placesOf(hosts: readonly Host[], around: Surroundings): Promise<HostFile[]> {
  const specs = hosts.flatMap((host) => host.files.map((spec) => filesOfSpec(host, spec, around)));
  return (await Promise.all(specs)).flat();
}

async function onceEach(files: readonly HostFile[], around: Surroundings): Promise<HostFile[]> {
  const identityOf = identities(around);
  const identified = await Promise.all(files.map(async (file) => ({ file, identity: await identityOf(file.path) })));
  const once = new Map<string, HostFile>();
  for (const { file, identity } of identified) {
    const known = once.get(identity);
    once.set(identity, known ? joined(known, file) : file);
  }
  return [...once.values()];
}

async function filesOfSpec(host: Host, spec: HostFileSpec, around: Surroundings): Promise<HostFile[]> {
  const found = await locate(spec.place, around);
  return found.map((path) => ({
    hostId: host.id,
    scope: spec.scope,
    path,
    inProject: isInProject(spec.place),
    alsoReadBy: [],
    format: spec.format,
    tables: spec.tables,
    lock: spec.lock ?? null,
  }));
}

function isInProject(place: Place): boolean {
  const patterns = typeof place === 'string' ? [place] : Object.values(place);
  return patterns.some((pattern) => pattern.startsWith('<'));
}

/**
 * Tells what makes two paths the same file: where it is, or would be, when all links are followed. Folders are asked
 * for once: a thousand projects have ten thousand files that aren't there.
 */
function identities({ machine, disk }: Surroundings): (path: string) => Promise<string> {
  const paths = pathsOf(machine);
  const known = new Map<string, Promise<string>>();

  function identityOf(path: string): Promise<string> {
    const identity = known.get(path) ?? follow(path);
    known.set(path, identity);
    return identity;
  }

  async function follow(path: string): Promise<string> {
    const real = await disk.realPath(path);
    const parent = paths.dirname(path);
    const place = real ?? (parent === path ? path : paths.join(await identityOf(parent), paths.basename(path)));
    return machine.platform === 'win32' ? place.toLowerCase() : place;
  }

  return identityOf;
}

/** One file under two descriptions: everything that either of them allows. */
function joined(one: HostFile, other: HostFile): HostFile {
  const known = new Set(one.tables.map(patternKey));
  const readers = new Set([...one.alsoReadBy, other.hostId]);
  readers.delete(one.hostId);
  return {
    ...one,
    inProject: one.inProject && other.inProject,
    alsoReadBy: [...readers],
    format: one.format === 'json' ? other.format : one.format,
    tables: [...one.tables, ...other.tables.filter((table) => !known.has(patternKey(table)))],
    lock: one.lock ?? other.lock,
  };
}

function patternKey(pattern: TablePattern): string {
  return JSON.stringify(pattern);
}
