import type { Machine } from '../machine.ts';
import { type Disk, thisDisk } from './disk.ts';
import type { Host, Place } from './host.ts';
import { locate, there } from './locate.ts';

/**
 * The ids of the hosts that are, or were, on this machine: one of their traces is there, or a file that is theirs alone.
 *
 * What proves nothing: files in projects, which come along with a clone; files that several hosts read (the settings of
 * an editor); and files in which people write whatever they like (a shell's or an editor's script).
 */
export async function detectedHosts(
  hosts: readonly Host[],
  machine: Machine,
  disk: Disk = thisDisk,
): Promise<ReadonlySet<string>> {
  const pathsOf = async (places: readonly Place[]): Promise<string[]> => {
    const found = await Promise.all(places.map((place) => locate(place, { machine, projects: [], disk })));
    return [...new Set(found.flat())];
  };
  const places = await Promise.all(
    hosts.map(async ({ id, traces, files }) => ({
      id,
      traces: await pathsOf(traces),
      files: await pathsOf(files.filter(({ format }) => format !== 'text').map(({ place }) => place)),
    })),
  );
  const readers = new Map<string, number>();
  for (const path of places.flatMap(({ files }) => files)) readers.set(path, (readers.get(path) ?? 0) + 1);
  const detected = await Promise.all(
    places.map(async ({ id, traces, files }) => {
      const own = files.filter((path) => readers.get(path) === 1);
      return (await there([...traces, ...own], disk)).length > 0 ? [id] : [];
    }),
  );
  return new Set(detected.flat());
}
