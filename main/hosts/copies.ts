import type { Machine } from '../machine.ts';
import { type Disk, thisDisk } from './disk.ts';
import type { Host } from './host.ts';
import { locate, there } from './locate.ts';

/** Copies that the host made of its files and that are there now. An old key lives on in them. */
export async function hostCopies(host: Host, machine: Machine, disk: Disk = thisDisk): Promise<string[]> {
  const found = await Promise.all(host.copies.map((place) => locate(place, { machine, projects: [], disk })));
  return there([...new Set(found.flat())], disk);
}
