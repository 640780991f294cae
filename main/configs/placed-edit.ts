import type { Extent } from './formats/format.ts';
import type { Edit } from './site.ts';
import type { Spot } from './spot.ts';

/** One edit with what it stands for in one document: which bytes of it give way to which others. */
export interface PlacedEdit extends Extent {
  readonly edit: Edit;
  /** What stands there now. */
  readonly spot: Spot;
  readonly written: Buffer;
}

/** Where things of a document are after some edits. */
export class Moves {
  readonly #edits: readonly PlacedEdit[];

  /** @param edits in the order of the file. */
  constructor(edits: readonly PlacedEdit[]) {
    this.#edits = edits;
  }

  /** Where an offset that is in no edit has come to. */
  to(offset: number): number {
    let now = offset;
    for (const { start, end, written } of this.#edits) if (end <= offset) now += written.length - (end - start);
    return now;
  }

  /** Where an offset of the new document was in the old one. */
  from(offset: number): number {
    let was = offset;
    for (const { start, end, written } of this.#edits) {
      if (end <= was - written.length + (end - start)) was -= written.length - (end - start);
    }
    return was;
  }

  extent({ start, end }: Extent): Extent {
    return { start: this.to(start), end: this.to(end) };
  }
}
