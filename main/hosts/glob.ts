import type { posix } from 'node:path';
import type { Disk } from './disk.ts';
import { namePattern } from './name-pattern.ts';

/**
 * The paths under `folder` that a pattern stands for: each name with a `*` is looked up in its folder, all others are
 * taken as they are, there or not. A `*` doesn't stand for a leading dot, as in a shell.
 *
 * Not node's own `glob`: that one knows only the notation of the platform it runs on.
 * @param folder taken literally.
 * @param pattern names between the platform's separators.
 */
export async function spread(folder: string, pattern: string, paths: typeof posix, disk: Disk): Promise<string[]> {
  let found = [folder];
  for (const name of pattern.split(paths.sep)) {
    const next = found.map((parent) => children(parent, name, paths, disk));
    found = (await Promise.all(next)).flat();
  }
  return found;
}

async function children(parent: string, name: string, paths: typeof posix, disk: Disk): Promise<string[]> {
  if (!name.includes('*')) return [paths.join(parent, name)];
  const fits = namePattern(name, paths.sep === '\\');
  return (await disk.list(parent)).filter((child) => fits.test(child)).map((child) => paths.join(parent, child));
}
