import { holdsKey } from '../configs/outside.ts';
import type { Needle } from '../configs/site.ts';
import { readSnapshot, type Snapshot } from '../configs/snapshot.ts';
import type { Credential } from '../credentials/credential.schema.ts';
import { RekeyError } from '../errors.ts';
import { pathsOf } from '../hosts/paths.ts';
import { search } from '../rotation/survey.ts';
import type { CallParts } from './parts.ts';

type LookParts = Pick<CallParts, 'machine' | 'credentials' | 'places'>;

export class KeysInFileError extends RekeyError<'file-path-not-absolute' | 'file-without-keys'> {}

/**
 * The credentials of which the key of now stands in a file, wherever in it, whosever file it is. Changes nothing.
 *
 * @param path absolute; a link is followed.
 * @throws {KeysInFileError} when there is none, {ConfigError} when the file can't be read, {KeychainError} when locked.
 */
export async function credentialsIn(parts: LookParts, path: string): Promise<Credential[]> {
  if (!pathsOf(parts.machine).isAbsolute(path)) {
    throw new KeysInFileError(
      'file-path-not-absolute',
      'That is not the whole path of a file. Nothing was changed.',
      'Give the path from its beginning.',
    );
  }
  const all = await parts.credentials.list();
  const snapshot = await readSnapshot(path, { anyBytes: true });
  const current: Needle[] = [];
  for (const { id } of all) current.push({ role: id, value: await parts.credentials.secretOf(id) });
  const holding = await rolesIn(parts, snapshot, current);
  if (holding.size > 0) return all.filter(({ id }) => holding.has(id));
  throw withoutKeys(path, await earlierIn(parts, snapshot, all));
}

/** As a word of its own anywhere in it, or as a server of a program would read it: in a nested or encoded value. */
async function rolesIn({ places }: LookParts, snapshot: Snapshot, needles: readonly Needle[]): Promise<Set<string>> {
  const words = needles.filter(({ value }) => holdsKey(snapshot.bytes, value)).map(({ role }) => role);
  const known = (await places.files()).files.filter((file) => file.path === snapshot.path);
  const read = known.flatMap((file) => {
    try {
      return search(file, snapshot, { needles, envNames: [], companions: [] }).sites.map(({ role }) => role);
    } catch {
      // A file that nobody can parse was searched as bytes.
      return [];
    }
  });
  return new Set([...words, ...read]);
}

/** Names of the credentials whose replaced key stands there. */
async function earlierIn(
  { credentials }: LookParts,
  { bytes }: Snapshot,
  all: readonly Credential[],
): Promise<string[]> {
  const names: string[] = [];
  for (const { id, name } of all) {
    const earlier = await credentials.previousOf(id);
    if (earlier && holdsKey(bytes, earlier)) names.push(name);
  }
  return names;
}

function withoutKeys(path: string, earlier: readonly string[]): KeysInFileError {
  const names = earlier.map((name) => `“${name}”`).join(', ');
  return new KeysInFileError(
    'file-without-keys',
    names
      ? `No present key that Rekey holds stands in ${path}. Only earlier ones stand in it, which were replaced since: of ${names}. Nothing was changed.`
      : `No present key that Rekey holds stands in ${path}. Nothing was changed.`,
    'Look for keys that Rekey does not hold by `rekey scan`, and take them in first.',
  );
}
