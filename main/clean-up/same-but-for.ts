import type { Extent, Piece } from '../configs/extent.ts';
import { BrokenDocument, type Change, type Literal, pathOf, type Reading } from '../configs/formats/format.ts';
import type { FormatName } from '../configs/formats/format-name.ts';
import { formats } from '../configs/formats/formats.ts';
import { scanJson } from '../configs/formats/json-scanner.ts';
import { Moves } from '../configs/placed-edit.ts';
import { isSpliced, splice } from '../configs/splice.ts';

/**
 * Whether a document is the old one but for what stands in the pieces: all other bytes are the same, it can be read to
 * its end, and every name, value and comment is where it was. Texts in pieces may be anywhere in a document.
 *
 * @param pieces in the order of the file, none over another.
 */
export function isSameButFor(before: Buffer, after: Buffer, pieces: readonly Piece[], format: FormatName): boolean {
  if (!isSpliced(before, after, pieces)) return false;
  try {
    if (format === 'text') return true;
    return format === 'json' || format === 'jsonc'
      ? isSameJson(before, after, pieces)
      : isSameTree(before, after, pieces, format);
  } catch (error) {
    if (error instanceof BrokenDocument) return false;
    throw error;
  }
}

/**
 * By where everything begins and ends: what stands between is the same in both, but for the pieces, and each of them is
 * within one text, name or comment. A file of 50 MB is never held as a tree.
 */
function isSameJson(before: Buffer, after: Buffer, pieces: readonly Piece[]): boolean {
  const old = boundaries(before);
  const now = boundaries(after);
  if (old.length !== now.length) return false;
  let piece = 0;
  let longer = 0;
  return old.every((offset, index) => {
    for (let next = pieces[piece]; next && next.end <= offset; next = pieces[++piece])
      longer += Buffer.byteLength(next.text) - (next.end - next.start);
    const inside = pieces[piece];
    return (inside === undefined || offset <= inside.start) && now[index] === offset + longer;
  });
}

/** Where names, texts, containers and comments begin and end, in the order of the file. */
function boundaries(bytes: Buffer): number[] {
  const offsets: number[] = [];
  const both = (start: number, end: number): void => void offsets.push(start, end);
  scanJson(bytes, {
    key: both,
    text: both,
    other: both,
    comment: both,
    open(_isArray, start) {
      offsets.push(start);
      return true;
    },
    close: (end) => void offsets.push(end),
  });
  return offsets;
}

/** By all comments and texts with their paths, and by a reader that shares no code with ours. */
function isSameTree(before: Buffer, after: Buffer, pieces: readonly Piece[], name: FormatName): boolean {
  const format = formats[name];
  const [old, now] = [format.read(before, 'everything'), format.read(after, 'everything')];
  const moves = new Moves(pieces);
  if (!areCommentsSame(old, now, moves) || old.literals.length !== now.literals.length) return false;
  const inTexts = pieces.filter((piece) => old.literals.some((literal) => holds(literal, piece)));
  // That reader may tell of comments too, and knows nothing of changes in them: it gets them as they are afterwards.
  const inComments = pieces.filter((piece) => commentsOf(old).some((comment) => holds(comment, piece)));
  const between = splice(before, inComments);
  const changes = old.literals.map((literal, index): Change | null => {
    const other = now.literals[index];
    if (!other || !isMoved(literal, other, moves)) return null;
    const was = format.layer(before, literal).bytes.toString();
    const is = format.layer(after, other).bytes.toString();
    if (was !== is && !inTexts.some((piece) => holds(literal, piece))) return null;
    return { path: pathOf(literal), was, is, index, entryBefore: literal.entry, entryAfter: other.entry };
  });
  const known = changes.filter((change) => change !== null);
  const changed = known.filter(({ was, is }) => was !== is);
  const isAll = known.length === changes.length && inTexts.length + inComments.length === pieces.length;
  return isAll && format.isSameBut(between, after, changed);
}

function isMoved(was: Literal, is: Literal, moves: Moves): boolean {
  const isThere = moves.to(was.start) === is.start && moves.to(was.end) === is.end && was.style === is.style;
  return isThere && pathOf(was).join('\n') === pathOf(is).join('\n');
}

function holds({ start, end }: Extent, piece: Extent): boolean {
  return start <= piece.start && piece.end <= end;
}

function commentsOf({ comments }: Reading): Extent[] {
  return comments.flatMap((start, index) => (index % 2 === 0 ? [{ start, end: comments[index + 1] ?? start }] : []));
}

function areCommentsSame({ comments: was }: Reading, { comments: is }: Reading, moves: Moves): boolean {
  return was.length === is.length && was.every((offset, index) => moves.to(offset) === is[index]);
}
