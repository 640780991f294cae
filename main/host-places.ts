import { catalogue } from './hosts/catalogue/index.ts';
import { hostCopies } from './hosts/copies.ts';
import { thisDisk } from './hosts/disk.ts';
import { filesOfHosts } from './hosts/files.ts';
import type { Host, HostFile } from './hosts/host.ts';
import { there } from './hosts/locate.ts';
import { withHostLock } from './hosts/locks.ts';
import { knownProjects } from './hosts/projects.ts';
import { runningHosts } from './hosts/running.ts';
import type { Machine } from './machine.ts';
import type { ConfigFile, Places } from './rotation/places.ts';
import type { Owner } from './rotation/plan.schema.ts';

/** The hosts' files of this machine as rotations need them: one place where `hosts` and `rotation` meet. */
export function hostPlaces(machine: Machine, projectFolders: () => Promise<readonly string[]>): Places {
  return {
    async files() {
      const { folders, problems } = await knownProjects(catalogue, machine, await projectFolders());
      const files = await filesOfHosts(catalogue, machine, folders);
      const existing = new Set(
        await there(
          files.map(({ path }) => path),
          thisDisk,
        ),
      );
      return {
        files: files.filter(({ path }) => existing.has(path)).map(configFile),
        blindSpots: problems.map(({ hostId, path, error }) => ({
          owner: ownerOf(hostId),
          file: path,
          problem: error.view,
        })),
      };
    },

    async copies() {
      const copies = await Promise.all(
        catalogue.map(async (host) => (await hostCopies(host, machine)).map((path) => copyOf(host, path))),
      );
      return copies.flat();
    },

    async hosts() {
      const running = await runningHosts(catalogue);
      return new Map(
        catalogue.map(({ id, name, reload, rewritesFile }) => [
          id,
          { id, name, reload, rewritesFile, running: running?.get(id) ?? null },
        ]),
      );
    },
  };
}

function configFile(file: HostFile): ConfigFile {
  return {
    owner: ownerOf(file.hostId),
    scope: file.scope,
    path: file.path,
    format: file.format,
    tables: file.tables,
    withLock: (work) => withHostLock(file, work),
  };
}

function copyOf(host: Host, path: string): ConfigFile {
  return { owner: ownerOf(host.id), scope: 'copy', path, format: 'json', tables: [], withLock: (work) => work() };
}

function ownerOf(id: string): Owner {
  return { kind: 'host', id, name: catalogue.find((host) => host.id === id)?.name ?? id };
}
