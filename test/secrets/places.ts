import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../../main/errors.ts';
import type { Place } from './sweep.ts';
import { readNoted } from './tap-file.ts';

/** What the programs have done by their taps: one place for each stream of bytes of each process, in full. */
export async function tappedPlaces(folder: string): Promise<Place[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.tap')).sort();
  return names.flatMap((name) => {
    const streams = new Map<string, { name: string; pieces: Buffer[] }>();
    for (const { program, what, number, bytes } of readNoted(join(folder, name))) {
      const key = JSON.stringify([what, number]);
      const stream = streams.get(key) ?? { name: `${program}: ${what}`, pieces: [] };
      // A file is written, and a program started, in the same way again and again.
      if (number > 0 || !stream.pieces.some((piece) => piece.equals(bytes))) stream.pieces.push(bytes);
      streams.set(key, stream);
    }
    return [...streams.values()].map((stream) => ({ name: stream.name, bytes: Buffer.concat(stream.pieces) }));
  });
}

/** Every file below a folder with its bytes, and every link with where it leads; links are not followed. */
export async function filePlaces(folder: string): Promise<Place[]> {
  const places: Place[] = [];
  for (const name of await readdir(folder, { recursive: true })) {
    const path = join(folder, name);
    const at = await lstat(path).catch(unlessGone);
    if (at?.isFile())
      places.push({ name: `file ${path}`, bytes: (await readFile(path).catch(unlessGone)) ?? Buffer.alloc(0) });
    else if (at?.isSymbolicLink()) places.push({ name: `link ${path}`, bytes: Buffer.from(await readlink(path)) });
    else if (at) places.push({ name: `entry ${path}`, bytes: Buffer.alloc(0) });
  }
  return places;
}

function unlessGone(error: unknown): null {
  if (systemCode(error) === 'ENOENT') return null;
  throw error;
}
