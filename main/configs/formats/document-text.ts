import { BeyondReading } from './format.ts';

/** Far more than a config file has. Parsers that build a tree take up to 1 kB of memory for each byte of hostile text. */
const MAX_BYTES = 2_000_000;

/** A document as parsers take it, in UTF-16 and without its byte order mark, with the way back to the bytes. */
export class DocumentText {
  readonly text: string;
  /** Of each UTF-16 index, its byte; null where they are the same but for the mark. */
  readonly #offsets: Uint32Array | null;
  readonly #begin: number;

  /** @throws {BeyondReading} for a file that is too large to be held as a tree. */
  constructor(bytes: Buffer) {
    if (bytes.length > MAX_BYTES)
      throw new BeyondReading('it has more than 2 MB, which is too much for this format', 0);
    this.#begin = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    this.text = bytes.toString('utf8', this.#begin);
    this.#offsets = this.text.length === bytes.length - this.#begin ? null : byteOffsets(this.text);
  }

  /** The byte of the file at which the character with this index is written. */
  byteAt(index: number): number {
    return this.#begin + (this.#offsets ? (this.#offsets[index] ?? 0) : index);
  }
}

function byteOffsets(text: string): Uint32Array {
  const offsets = new Uint32Array(text.length + 1);
  let offset = 0;
  for (let index = 0; index < text.length; index++) {
    offsets[index] = offset;
    const unit = text.charCodeAt(index);
    const isHalf = unit >= 0xd800 && unit <= 0xdfff;
    // A pair of surrogates has four bytes.
    if (unit < 0x80) offset += 1;
    else offset += unit < 0x800 || isHalf ? 2 : 3;
  }
  offsets[text.length] = offset;
  return offsets;
}

/** Runs a reader that is recursive. @throws {BeyondReading} where the document is too deep for it. */
export function readRecursively<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new BeyondReading('it is nested too deeply, or one of its texts is too long', 0);
  }
}
