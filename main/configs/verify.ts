import { type Entry, type Format, type Literal, pathOf, type Reading } from './formats/format.ts';
import type { Layer } from './layer.ts';
import { Moves, type PlacedEdit } from './placed-edit.ts';
import { spotAt } from './spot.ts';

/**
 * Whether a patched document, which was read to its end, is the old one but for the secrets.
 *
 * The proof builds no tree and doesn't read the old document again. A reader of bytes is in the same state behind a
 * string as before it, whatever the string holds. So when all bytes outside of the edits are the same, and every edit
 * lies in a string that is whole before and after, then both documents are read alike but for these strings. Beyond
 * that, each new secret must be read back out of its place, under the same path, and a reader that shares no code with
 * ours must see in each changed entry the same names and values, but for the intended ones.
 *
 * @param edits in the order of the file.
 */
export function isAsMeant(
  format: Format,
  before: Buffer,
  after: Buffer,
  reading: Reading,
  edits: readonly PlacedEdit[],
): boolean {
  const moves = new Moves(edits);
  if (!isSameOutside(before, after, edits, moves)) return false;

  const literals = new Map(reading.literals.map((literal) => [literal.start, literal]));
  const edited = new Map<Literal, PlacedEdit[]>();
  for (const edit of edits) {
    const literal = literals.get(moves.to(edit.edit.site.within.start));
    if (!literal || !isReadBack(format, before, after, literal, edit, moves)) return false;
    edited.set(literal, [...(edited.get(literal) ?? []), edit]);
  }
  const entries = new Set([...edited.keys()].map(({ entry }) => entry));
  return [...entries].every((entry) => {
    const now = format.readAgain(after, entry.start, entry.end);
    const old = format.readAgain(before, moves.from(entry.start), moves.from(entry.end));
    return now !== null && old !== null && isSameEntry(old, now, entry, reading, edited);
  });
}

function isSameOutside(before: Buffer, after: Buffer, edits: readonly PlacedEdit[], moves: Moves): boolean {
  if (after.length !== moves.to(before.length)) return false;
  const starts = [0, ...edits.map(({ end }) => end)];
  const ends = [...edits.map(({ start }) => start), before.length];
  return starts.every((start, index) => {
    const end = ends[index] ?? before.length;
    return before.compare(after, moves.to(start), moves.to(start) + (end - start), start, end) === 0;
  });
}

function isReadBack(
  format: Format,
  before: Buffer,
  after: Buffer,
  literal: Literal,
  { edit: { site, value }, start, written }: PlacedEdit,
  moves: Moves,
): boolean {
  const now = moves.to(start);
  return (
    format.isWhole(before, site.within) &&
    literal.end === moves.to(site.within.end) &&
    literal.entry.server === site.server &&
    pathOf(literal).join('\n') === site.path.join('\n') &&
    spotAt(format, after, literal, { start: now, end: now + written.length }, value.fingerprint) !== null
  );
}

type Read = NonNullable<ReturnType<Format['readAgain']>>;

function isSameEntry(
  old: Read,
  now: Read,
  entry: Entry,
  reading: Reading,
  edited: ReadonlyMap<Literal, readonly PlacedEdit[]>,
): boolean {
  const literals = reading.literals.filter((literal) => literal.entry === entry);
  let next = 0;
  return (
    old.length === now.length &&
    old.every((was, index) => {
      const is = now[index];
      if (!is || is.isText !== was.isText) return false;
      const literal = is.isText ? literals[next++] : undefined;
      const edits = literal && edited.get(literal);
      // Half of a pair of surrogates can't be spelled in our layers, and no edit touches one.
      return edits ? is.value.toWellFormed() === meant(edits) : is.value === was.value;
    })
  );
}

/** The text of a literal as it is meant to be after the edits in it. */
function meant(edits: readonly PlacedEdit[]): string {
  let rest: Layer | null = null;
  let at = 0;
  let text = '';
  for (const { spot, start, end, edit } of edits) {
    const { literal } = spot.layer;
    text += literal.bytes.toString('utf8', at, literal.indexAt(start));
    text += spot.layer.spell(edit.value.reveal(), literal);
    at = literal.indexAt(end);
    rest = literal;
  }
  return text + (rest?.bytes.toString('utf8', at) ?? '');
}
