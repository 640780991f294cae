import { Turns } from './configs/turns.ts';
import { catalogue } from './hosts/catalogue/index.ts';
import { hostCopies } from './hosts/copies.ts';
import { forOneLook } from './hosts/disk.ts';
import { existingFilesOfHosts, filesOfHosts } from './hosts/files.ts';
import type { Host, HostFile } from './hosts/host.ts';
import { withHostLock } from './hosts/locks.ts';
import { knownProjects } from './hosts/projects.ts';
import { type ListPrograms, runningHosts } from './hosts/running.ts';
import { ValueSources } from './hosts/value-sources.ts';
import type { Machine } from './machine.ts';
import type { ConfigFile, Places } from './rotation/places.ts';
import type { Owner } from './rotation/plan.schema.ts';

/**
 * The hosts' files of this machine as rotations need them: one place where `hosts` and `rotation` meet.
 *
 * @param among the hosts that are looked for.
 */
export function hostPlaces(
  machine: Machine,
  projectFolders: () => Promise<readonly string[]>,
  listPrograms?: ListPrograms,
  among: readonly Host[] = catalogue,
): Places {
  const turns = new Turns();
  return {
    async files() {
      const disk = forOneLook(machine);
      const { folders, problems } = await knownProjects(among, machine, await projectFolders(), disk);
      await disk.remember(folders);
      const files = await existingFilesOfHosts(among, machine, folders, disk);
      return {
        files: files.map((file) => configFile(file, turns)),
        blindSpots: problems.map(({ hostId, path, error }) => ({
          owner: ownerOf(hostId),
          file: path,
          problem: error.view,
        })),
      };
    },

    async known() {
      const disk = forOneLook(machine);
      const { folders } = await knownProjects(among, machine, await projectFolders(), disk);
      const files = await filesOfHosts(among, machine, folders, disk);
      return files.map((file) => configFile(file, turns));
    },

    valueSources: (needles) => new ValueSources(machine, needles),

    async copies() {
      const copies = await Promise.all(
        among.map(async (host) => (await hostCopies(host, machine)).map((path) => copyOf(host, path))),
      );
      return copies.flat();
    },

    async hosts() {
      const running = await runningHosts(among, listPrograms);
      return new Map(
        among.map(({ id, name, reload, rewritesFile, isDesktopApp }) => [
          id,
          { id, name, reload, rewritesFile, isDesktopApp, running: running?.get(id) ?? null },
        ]),
      );
    },
  };
}

function configFile(file: HostFile, turns: Turns): ConfigFile {
  return {
    owner: ownerOf(file.hostId),
    alsoReadBy: file.alsoReadBy.map((id) => ({ id, name: nameOf(id) })),
    scope: file.scope,
    path: file.path,
    references: [file.hostId, ...file.alsoReadBy].flatMap(
      (id) => catalogue.find((host) => host.id === id)?.references ?? [],
    ),
    format: file.format,
    tables: file.tables,
    secretFields: catalogue
      .filter(({ id }) => id === file.hostId || file.alsoReadBy.includes(id))
      .flatMap((host) => host.secretFields),
    withLock: (work) => turns.take(file.path, () => withHostLock(file, work)),
  };
}

function copyOf(host: Host, path: string): ConfigFile {
  return {
    owner: ownerOf(host.id),
    alsoReadBy: [],
    references: [],
    scope: 'copy',
    path,
    format: 'json',
    tables: [],
    secretFields: [],
    withLock: (work) => work(),
  };
}

function ownerOf(id: string): Owner {
  return { kind: 'host', id, name: nameOf(id) };
}

function nameOf(id: string): string {
  return catalogue.find((host) => host.id === id)?.name ?? id;
}
