import { readDocument } from './document.ts';
import type { Piece } from './extent.ts';
import { CannotHold, type Format } from './formats/format.ts';
import type { FormatName } from './formats/format-name.ts';
import { formats } from './formats/formats.ts';
import type { ChangedLiteral, PlacedEdit } from './placed-edit.ts';
import type { Edit, TablePattern } from './site.ts';
import { ConfigError } from './snapshot.ts';
import { splice } from './splice.ts';
import { spotAt } from './spot.ts';
import { isAsMeant } from './verify.ts';

/**
 * Puts new secrets in the place of the old ones; every other byte stays. Each is written so that the reader of its
 * place (the file's notation, a URL, JSON in a string, or one in the other) gets exactly it. The result is read again and
 * compared before it is given out.
 *
 * @param edits of sites that {@link findSites} found in the same bytes.
 * @param name what an error calls the file: its path.
 * @returns a new buffer. The given one isn't changed.
 * @throws {ConfigError} `file-not-parsable`; `patch-refused` when something else stands at a site by now, when edits
 *   overlap, when a secret can't be written at its place, or when the result isn't what was meant.
 */
export function patch(bytes: Buffer, format: FormatName, edits: readonly Edit[], name = 'The file'): Buffer {
  if (edits.length === 0) return Buffer.from(bytes);
  const changed = changedLiterals(formats[format], bytes, edits, name);
  const pieces = changed.flatMap((literal) => literal.pieces);
  for (const [index, { start }] of pieces.entries()) {
    if (start < (pieces[index - 1]?.end ?? 0)) throw refused(`Two changes of ${name} overlap.`);
  }
  const result = splice(bytes, pieces);
  const tables = tablesAround(edits);
  try {
    const reading = readDocument(result, format, tables, name);
    if (isAsMeant(formats[format], bytes, result, reading, changed)) return result;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    // The old document may be the broken one: then that is what is to be said.
    readDocument(bytes, format, tables, name);
  }
  throw refused(`${name} would not have been read as meant after the change.`);
}

/** The smallest tables that hold all entries with edits, so that the rest of the document needn't be listened to. */
function tablesAround(edits: readonly Edit[]): readonly TablePattern[] | 'everything' {
  if (edits.some(({ site }) => site.table === null)) return 'everything';
  const patterns = edits.map(({ site }) => (site.table ?? []).map(String));
  return [...new Map(patterns.map((pattern) => [JSON.stringify(pattern), pattern])).values()];
}

function changedLiterals(format: Format, bytes: Buffer, edits: readonly Edit[], name: string): ChangedLiteral[] {
  const byLiteral = Map.groupBy(
    edits.toSorted((one, other) => one.site.start - other.site.start),
    ({ site }) => site.within.start,
  );
  const changed = [...byLiteral.values()].map((together) =>
    changedLiteral(
      format,
      bytes,
      together.map((edit) => place(format, bytes, edit, name)),
      name,
    ),
  );
  return changed.sort((one, other) => (one.pieces[0]?.start ?? 0) - (other.pieces[0]?.start ?? 0));
}

function place(format: Format, bytes: Buffer, edit: Edit, name: string): PlacedEdit {
  const { site, value } = edit;
  const isThere = site.within.start <= site.start && site.end <= site.within.end && site.within.end <= bytes.length;
  const spot = isThere ? spotAt(format, bytes, site) : null;
  if (!spot) throw refused(`${name} holds something else by now where the key stood (line ${site.line}).`);
  if (value.reveal() === '') throw refused('The new key is empty.');
  if (!value.reveal().isWellFormed()) throw refused('The new key holds half a character, which no text file can hold.');
  return { edit, spot };
}

function changedLiteral(format: Format, bytes: Buffer, edits: readonly PlacedEdit[], name: string): ChangedLiteral {
  const [first] = edits;
  if (!first) throw new RangeError('a literal without edits');
  const { within } = first.edit.site;
  const { literal } = first.spot.layer;
  const inLiteral = edits.map((placed) => pieceOf(placed, placed.spot.layer.literal));
  const was = literal.bytes.toString();
  const is = splice(literal.bytes, inLiteral).toString();
  try {
    return { within, edits, was, is, pieces: edits.map((placed) => pieceOf(placed, null)), isRespelled: false };
  } catch (error) {
    if (!(error instanceof CannotHold)) throw error;
  }
  const whole = format.respell(bytes, within, is);
  if (whole) return { within, edits, was, is, pieces: [whole], isRespelled: true };
  throw refused(`${name} has no way to write the new key where the old one stands (line ${first.edit.site.line}).`);
}

/** What to write for one edit, in the file or in the layer `bottom`. */
function pieceOf({ edit, spot }: PlacedEdit, bottom: Parameters<typeof spot.layer.spell>[1]): Piece {
  return spot.layer.spell({ start: spot.start, end: spot.end, text: edit.value.reveal() }, bottom);
}

function refused(what: string): ConfigError {
  return new ConfigError(
    'patch-refused',
    `${what} It was not changed.`,
    'Look at the file again. If it keeps being refused, put the new key into it by hand.',
  );
}
