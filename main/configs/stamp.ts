import { stat } from 'node:fs/promises';

/** Times of files go on in steps: within one, two versions of the same size can't be told apart. In milliseconds. */
const STEP_MS = 100;

/** By what a file shows, without being read, that nobody has written it or put another one in its place. */
export type Stamp = string;

/** @returns null where it isn't there, or was written just now, so that the next write might leave the same stamp. */
export async function stampOf(path: string): Promise<Stamp | null> {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs, ctimeMs } = await stat(path, { bigint: true });
    if (Date.now() - Number(ctimeMs) < STEP_MS) return null;
    return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
  } catch {
    return null;
  }
}
