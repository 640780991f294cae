import type { Piece } from '../configs/extent.ts';
import { splice } from '../configs/splice.ts';
import type { Secret } from '../credentials/secret.ts';
import type { ConfigFile } from '../rotation/places.ts';
import { CleanUpError } from './errors.ts';
import { placesOutside } from './places-outside.ts';
import { isSameButFor } from './same-but-for.ts';

/** Stands in the place of a redacted key. No notation has to write one of its characters in another way. */
export const REDACTED = 'REDACTED-BY-REKEY';

/**
 * Puts {@link REDACTED} wherever one of the keys stands outside of the places that a rotation changes; every other byte
 * stays, and the document means the same but for these words.
 *
 * @returns null when none stands there.
 * @throws {ConfigError} `file-not-parsable`, {CleanUpError} `redaction-refused` when the result would not be as meant.
 */
export function redactBytes(
  bytes: Buffer,
  file: Pick<ConfigFile, 'format' | 'tables' | 'path'>,
  keys: readonly Secret[],
): { readonly bytes: Buffer; readonly places: number } | null {
  const needles = keys.map((value) => ({ role: 'key', value }));
  const pieces = placesOutside(bytes, file, needles).map(({ start, end }): Piece => ({ start, end, text: REDACTED }));
  if (pieces.length === 0) return null;
  const result = splice(bytes, pieces);
  if (isSameButFor(bytes, result, pieces, file.format)) return { bytes: result, places: pieces.length };
  throw new CleanUpError(
    'redaction-refused',
    `${file.path} would not have been read as before, but for the redacted key. It was not changed.`,
    'Take the key out of this file by hand.',
  );
}
