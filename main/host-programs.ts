import { catalogue } from './hosts/catalogue/index.ts';
import { quitHost } from './hosts/lifecycle/quit.ts';
import { recipeOf } from './hosts/lifecycle/recipe.ts';
import { startHost } from './hosts/lifecycle/start.ts';
import type { RunningProgram } from './hosts/programs.ts';
import { hostProcesses, type ListPrograms } from './hosts/running.ts';
import { platformOf } from './machine.ts';
import type { HostPrograms } from './rotation/host-programs.ts';

/** The hosts' programs of this machine as rotations need them. */
export function hostPrograms(list?: ListPrograms): HostPrograms {
  const platform = platformOf(process.platform);
  const processesOf = async (hostId: string): Promise<readonly RunningProgram[]> =>
    (await hostProcesses(catalogue, list))?.get(hostId) ?? [];
  return {
    async processes() {
      const all = await hostProcesses(catalogue, list);
      if (!all) return null;
      const running = [...all].filter(([, found]) => found.length > 0);
      return new Map(running.map(([id, found]) => [id, found.map(({ pid, startedAt }) => ({ pid, startedAt }))]));
    },
    recipe: async (hostId) => recipeOf(nameOf(hostId), await processesOf(hostId), platform),
    quit: (hostId, timeoutMs) =>
      quitHost(nameOf(hostId), { platform, timeoutMs, processes: () => processesOf(hostId) }),
    start: (hostId, recipe) => startHost(nameOf(hostId), recipe),
  };
}

function nameOf(hostId: string): string {
  return catalogue.find(({ id }) => id === hostId)?.name ?? hostId;
}
