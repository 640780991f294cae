import type { Piece } from './extent.ts';
import type { Edit, SiteLiteral } from './site.ts';
import type { Spot } from './spot.ts';

/** One edit with what stands at its place now. */
export interface PlacedEdit {
  readonly edit: Edit;
  readonly spot: Spot;
}

/** One string value of one document with all that changes in it. */
export interface ChangedLiteral {
  readonly within: SiteLiteral;
  /** In the order of the file. */
  readonly edits: readonly PlacedEdit[];
  /** Its text before and after, as the reader of the file sees it. */
  readonly was: string;
  readonly is: string;
  /** Which bytes of the file give way to which others, in their order. */
  readonly pieces: readonly Piece[];
  /** Written anew as a whole, since its style can't hold the new text; else there is one piece for each edit. */
  readonly isRespelled: boolean;
}

/** Where things of a document are after some changes. */
export class Moves {
  /** Where each piece ended and ends now, in the order of the file. */
  readonly #ends: readonly { readonly was: number; readonly is: number }[];

  /** @param pieces in the order of the file. */
  constructor(pieces: readonly Piece[]) {
    let longer = 0;
    this.#ends = pieces.map(({ start, end, text }) => {
      longer += Buffer.byteLength(text) - (end - start);
      return { was: end, is: end + longer };
    });
  }

  /** Where an offset that is in no piece has come to. */
  to(offset: number): number {
    const before = lastNotAfter(this.#ends, ({ was }) => was, offset);
    return before ? offset + before.is - before.was : offset;
  }

  /** Where an offset of the new document was in the old one. */
  from(offset: number): number {
    const before = lastNotAfter(this.#ends, ({ is }) => is, offset);
    return before ? offset - before.is + before.was : offset;
  }
}

/** The last of the ends that is not behind the offset; they ascend. */
function lastNotAfter<T>(ends: readonly T[], of: (end: T) => number, offset: number): T | undefined {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const end = ends[middle];
    if (end !== undefined && of(end) <= offset) low = middle + 1;
    else high = middle;
  }
  return ends[low - 1];
}
