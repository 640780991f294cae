import { type Change, type Format, type Literal, pathOf, type Reading } from './formats/format.ts';
import { type ChangedLiteral, Moves } from './placed-edit.ts';
import { isSpliced } from './splice.ts';
import { isReadAt } from './spot.ts';

/**
 * Whether a patched document, which was read to its end, is the old one but for the secrets.
 *
 * All bytes outside of the changed pieces must be the same. Each changed literal must be whole in the old document,
 * stand under the same path in the new one, hold the text that was meant, and each new secret must be read back out of it
 * by the reader of its place. And a reader that shares no code with ours must see the same names and values in both
 * documents, but for the intended ones.
 *
 * @param changed in the order of the file.
 */
export function isAsMeant(
  format: Format,
  before: Buffer,
  after: Buffer,
  reading: Reading,
  changed: readonly ChangedLiteral[],
): boolean {
  const pieces = changed.flatMap((literal) => literal.pieces);
  const moves = new Moves(pieces);
  if (!isSpliced(before, after, pieces)) return false;
  const literals = new LiteralsByPlace(reading.literals);
  const changes: Change[] = [];
  for (const one of changed) {
    const literal = literals.of(one, moves);
    if (!literal || !isReadBack(format, before, after, literal, one, moves)) return false;
    changes.push(changeOf(literal, literals.indexInEntry(literal), one, moves));
  }
  return format.isSameBut(before, after, changes);
}

/** The literals of the new document, each found without going through all of them. */
class LiteralsByPlace {
  readonly #byStart = new Map<number, Literal>();
  readonly #indexes = new Map<Literal, number>();

  constructor(literals: readonly Literal[]) {
    const counts = new Map<Literal['entry'], number>();
    for (const literal of literals) {
      const index = counts.get(literal.entry) ?? 0;
      counts.set(literal.entry, index + 1);
      this.#byStart.set(literal.start, literal);
      this.#indexes.set(literal, index);
    }
  }

  /** A changed literal as it stands in the new document. */
  of({ within, pieces, isRespelled }: ChangedLiteral, moves: Moves): Literal | null {
    const [first] = pieces;
    if (!isRespelled || !first) {
      const found = this.#byStart.get(moves.to(within.start));
      return found?.end === moves.to(within.end) ? found : null;
    }
    const end = moves.to(first.end);
    // Its text begins behind whatever opens it: quotes, a block's head.
    for (let start = moves.to(first.start); start <= end; start++) {
      const found = this.#byStart.get(start);
      if (found) return found.end <= end ? found : null;
    }
    return null;
  }

  /** How many texts stand before it in its entry. */
  indexInEntry(literal: Literal): number {
    return this.#indexes.get(literal) ?? -1;
  }
}

function isReadBack(
  format: Format,
  before: Buffer,
  after: Buffer,
  literal: Literal,
  { within, edits, pieces, isRespelled, is }: ChangedLiteral,
  moves: Moves,
): boolean {
  const [first] = edits;
  if (!first || !format.isWhole(before, within)) return false;
  const { site } = first.edit;
  if (literal.entry.server !== site.server || pathOf(literal).join('\n') !== site.path.join('\n')) return false;
  if (format.layer(after, literal).bytes.toString() !== is) return false;
  if (isRespelled) return true;
  const isCommandLine = within.isCommandLine;
  return edits.every(({ edit }, index) => {
    const piece = pieces[index];
    if (!piece) return false;
    const start = moves.to(piece.start);
    const written = { start, end: start + Buffer.byteLength(piece.text) };
    return isReadAt(format, after, { ...literal, isCommandLine }, written, edit.value.reveal());
  });
}

function changeOf(literal: Literal, index: number, { was, is }: ChangedLiteral, moves: Moves): Change {
  const { entry } = literal;
  return {
    path: pathOf(literal),
    was,
    is,
    entryBefore: { start: moves.from(entry.start), end: moves.from(entry.end) },
    entryAfter: { start: entry.start, end: entry.end },
    index,
  };
}
