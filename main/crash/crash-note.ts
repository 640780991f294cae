import { RekeyError } from '../errors.ts';
import type { CrashNote } from './crash-note.schema.ts';

/** So many frames tell where it was. */
const MOST_FRAMES = 20;
/** A file of ours below the folder that it was built to, with line and column. */
const OWN_PLACE = /^[\w.-]+(?:\/[\w.-]+)*:\d{1,9}:\d{1,9}$/;

/** The class of whatever was thrown. A name that no class has may be anything, so it isn't taken. */
export function classOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return typeof thrown;
  const name: unknown = thrown.constructor.name;
  return typeof name === 'string' && /^[A-Z][A-Za-z]{1,60}$/.test(name) ? name : 'Error';
}

/** A code of ours or of the system; anything else could be a value. */
export function codeOf(thrown: unknown): string | null {
  if (thrown instanceof RekeyError) return thrown.code;
  const code: unknown = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
  return typeof code === 'string' && /^E[A-Z]{2,15}$|^ERR_[A-Z_]{3,60}$/.test(code) ? code : null;
}

/**
 * Where it was thrown, in our own files: file, line and column.
 *
 * A stack begins with the message, which may hold anything, also a line that looks like a frame: so of each line only
 * the place is taken, and that only if it is one in our folder.
 * @param folder the folder that Rekey was built to, absolute.
 */
export function ownFrames(thrown: unknown, folder: string): string[] {
  if (!(thrown instanceof Error) || typeof thrown.stack !== 'string') return [];
  const root = `${folder.replaceAll('\\', '/').replace(/\/$/, '')}/`;
  const places = thrown.stack.split('\n').flatMap((line) => {
    if (!/^\s+at /.test(line)) return [];
    const text = line.replaceAll('\\', '/');
    const from = text.lastIndexOf(root);
    const place = from < 0 ? '' : text.slice(from + root.length).replace(/\)$/, '');
    return OWN_PLACE.test(place) ? [place] : [];
  });
  return places.slice(0, MOST_FRAMES);
}

/** The note as the person copies it into a report. */
export function crashText({ at, version, platform, where, name, code, frames }: CrashNote): string {
  const head = `Rekey ${version} on ${platform}, ${at}`;
  const what = `${where}: ${name}${code === null ? '' : ` (${code})`}`;
  return [head, what, ...frames.map((frame) => `  at ${frame}`), ''].join('\n');
}
