import { apart } from '../configs/apart.ts';
import { findOutside } from '../configs/find.ts';
import { type OutsideHit, outsideHits } from '../configs/outside.ts';
import type { Needle } from '../configs/site.ts';
import type { ConfigFile } from '../rotation/places.ts';

/**
 * Where keys stand in a file outside of the places that a rotation changes, in the order of the file and none over
 * another.
 * @throws {ConfigError} `file-not-parsable`, for a file that holds one of them.
 */
export function placesOutside(
  bytes: Buffer,
  { format, tables, path }: Pick<ConfigFile, 'format' | 'tables' | 'path'>,
  needles: readonly Needle[],
): OutsideHit[] {
  if (outsideHits(bytes, needles, [], []).length === 0) return [];
  return apart(findOutside(bytes, format, { needles, tables }, path));
}
