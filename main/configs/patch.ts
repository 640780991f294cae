import { readDocument } from './document.ts';
import type { Format } from './formats/format.ts';
import { type FormatName, formats } from './formats/formats.ts';
import type { PlacedEdit } from './placed-edit.ts';
import type { Edit, Site, TablePattern } from './site.ts';
import { ConfigError } from './snapshot.ts';
import { spotAt } from './spot.ts';
import { isAsMeant } from './verify.ts';

/**
 * Puts new secrets in the place of the old ones; every other byte stays. Each is written so that the reader of its
 * place (JSON, URL, or one in the other) gets exactly it. The result is read again and compared before it is given out.
 *
 * @param edits of sites that {@link findSites} found in the same bytes.
 * @param name what an error calls the file: its path.
 * @returns a new buffer. The given one isn't changed.
 * @throws {ConfigError} `file-not-parsable`; `patch-refused` when something else stands at a site by now, when edits
 *   overlap, when a secret can't be written at its place, or when the result isn't what was meant.
 */
export function patch(bytes: Buffer, format: FormatName, edits: readonly Edit[], name = 'The file'): Buffer {
  const placed = edits
    .map((edit) => place(formats[format], bytes, edit, name))
    .sort((one, other) => one.start - other.start);
  for (const [index, { start }] of placed.entries()) {
    if (start < (placed[index - 1]?.end ?? 0)) throw refused(`Two changes of ${name} overlap.`);
  }
  const result = splice(bytes, placed);
  const tables = tablesAround(edits);
  try {
    const reading = readDocument(result, format, tables, name);
    if (isAsMeant(formats[format], bytes, result, reading, placed)) return result;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    // The old document may be the broken one: then that is what is to be said.
    readDocument(bytes, format, tables, name);
  }
  throw refused(`${name} would not have been read as meant after the change.`);
}

/** The smallest tables that hold all entries with edits, so that the rest of the document needn't be listened to. */
function tablesAround(edits: readonly Edit[]): readonly TablePattern[] | 'everything' {
  if (edits.some(({ site }) => site.server === null)) return 'everything';
  const patterns = edits.map(({ site }) => tableOf(site));
  return [...new Map(patterns.map((pattern) => [JSON.stringify(pattern), pattern])).values()];
}

/** A name on the way to the table that is the same as the server's makes it a larger table than needed, no other one. */
function tableOf({ path, server }: Site): TablePattern {
  return path.slice(0, path.map(String).indexOf(server ?? '')).map(String);
}

function place(format: Format, bytes: Buffer, edit: Edit, name: string): PlacedEdit {
  const { site, value } = edit;
  const isThere = site.within.start <= site.start && site.end <= site.within.end && site.within.end <= bytes.length;
  const spot = isThere ? spotAt(format, bytes, site.within, site, site.fingerprint) : null;
  if (!spot) throw refused(`${name} holds something else by now where the key stood (line ${site.line}).`);
  if (value.reveal() === '') throw refused('The new key is empty.');
  if (!value.reveal().isWellFormed()) throw refused('The new key holds half a character, which no text file can hold.');
  const written = Buffer.from(spot.layer.spell(value.reveal()));
  return { edit, spot, start: site.start, end: site.end, written };
}

function splice(bytes: Buffer, placed: readonly PlacedEdit[]): Buffer {
  const pieces: Buffer[] = [];
  let at = 0;
  for (const { start, end, written } of placed) {
    pieces.push(bytes.subarray(at, start), written);
    at = end;
  }
  return Buffer.concat([...pieces, bytes.subarray(at)]);
}

function refused(what: string): ConfigError {
  return new ConfigError(
    'patch-refused',
    `${what} It was not changed.`,
    'Look at the file again. If it keeps being refused, put the new key into it by hand.',
  );
}
