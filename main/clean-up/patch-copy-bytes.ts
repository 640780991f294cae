import { apart } from '../configs/apart.ts';
import type { Piece } from '../configs/extent.ts';
import { BrokenDocument } from '../configs/formats/format.ts';
import { scanJson } from '../configs/formats/json-scanner.ts';
import { escapeJson } from '../configs/formats/json-strings.ts';
import { hitsOf, ways } from '../configs/outside.ts';
import { ConfigError } from '../configs/snapshot.ts';
import { splice } from '../configs/splice.ts';
import type { Secret } from '../credentials/secret.ts';
import { isSameButFor } from './same-but-for.ts';

/**
 * Puts the new key in the place of the old one wherever that stands as a word of its own, in the usual ways to write it.
 * The copy need not be whole; one that is JSON is JSON afterwards, with the same names and values but for the key.
 *
 * @returns null when the old key isn't there.
 * @throws {ConfigError} `patch-refused` when nobody can tell how the new key is to be written there.
 */
export function patchCopyBytes(
  bytes: Buffer,
  path: string,
  old: Secret,
  fresh: Secret,
): { readonly bytes: Buffer; readonly places: number } | null {
  const spellings = spellingsOf(old.reveal(), fresh.reveal());
  const pieces = apart(
    ...[...spellings].map(([was, is]) => hitsOf(bytes, Buffer.from(was)).map((hit): Piece => ({ ...hit, text: is }))),
  );
  if (pieces.length === 0) return null;
  const isClear = [old, fresh].every((key) => ways(key.reveal()).size === 1) || spellings.size === 3;
  const result = splice(bytes, pieces);
  if (isClear && (!isJson(bytes) || isSameButFor(bytes, result, pieces, 'json')))
    return { bytes: result, places: pieces.length };
  throw new ConfigError(
    'patch-refused',
    `How the new key is to be written in ${path} can't be told from how the old one is. It was not changed.`,
    'Delete the copy, or put the new key into it by hand.',
  );
}

/** How the new key is written where the old one is written so; of ways that come out the same, the plain one counts. */
function spellingsOf(old: string, fresh: string): ReadonlyMap<string, string> {
  if (ways(old).size === 0) return new Map();
  return new Map([
    [encodeURIComponent(old), encodeURIComponent(fresh)],
    [escapeJson(old), escapeJson(fresh)],
    [old, fresh],
  ]);
}

function isJson(bytes: Buffer): boolean {
  const nothing = (): void => {};
  try {
    scanJson(bytes, {
      key: nothing,
      open: () => false,
      close: nothing,
      text: nothing,
      other: nothing,
      comment: nothing,
    });
    return true;
  } catch (error) {
    if (error instanceof BrokenDocument) return false;
    throw error;
  }
}
