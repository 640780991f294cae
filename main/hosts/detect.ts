import type { Machine } from '../machine.ts';
import { type Disk, thisDisk } from './disk.ts';
import type { Host } from './host.ts';
import { locate, there } from './locate.ts';

/**
 * Whether the host is, or was, on this machine: one of its traces or own files is there.
 *
 * Files in projects prove nothing: they come along with a clone.
 */
export async function isDetected(host: Host, machine: Machine, disk: Disk = thisDisk): Promise<boolean> {
  const places = [...host.traces, ...host.files.map(({ place }) => place)];
  const found = await Promise.all(places.map((place) => locate(place, { machine, projects: [], disk })));
  return (await there(found.flat(), disk)).length > 0;
}
