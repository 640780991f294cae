import { Layer } from '../layer.ts';

/** The text of a string value while it is decoded, with the place where each of its bytes is written. */
export class DecodedText {
  readonly #begin: number;
  readonly #bytes: Buffer;
  readonly #offsets: Uint32Array;
  readonly #ends: Uint32Array;
  #length = 0;

  /**
   * @param begin where its first byte may be written.
   * @param capacity as many bytes as it is written in: no escape is shorter than the UTF-8 of what it stands for.
   */
  constructor(begin: number, capacity: number) {
    this.#begin = begin;
    this.#bytes = Buffer.alloc(capacity);
    this.#offsets = new Uint32Array(capacity + 1);
    this.#ends = new Uint32Array(capacity);
  }

  /** A byte that stands for itself. */
  addByte(byte: number, offset: number): void {
    this.#bytes[this.#length] = byte;
    this.#offsets[this.#length] = offset;
    this.#ends[this.#length++] = offset + 1;
  }

  /** A character that is written as an escape from `start` to `end`. */
  addEscape(character: string, start: number, end: number): void {
    const after = this.#length + this.#bytes.write(character, this.#length);
    this.#offsets.fill(start, this.#length, after);
    this.#ends.fill(end, this.#length, after);
    this.#length = after;
  }

  /** Whether something that is no part of the text stands right before a byte of it. */
  isBehindGap(at: number): boolean {
    return this.#offsets[at] !== (at === 0 ? this.#begin : this.#ends[at - 1]);
  }

  /** @param write see `Spelling`. */
  layer(file: Buffer, write: (text: string, at: number) => string): Layer {
    this.#offsets[this.#length] = this.#ends[this.#length - 1] ?? this.#begin;
    const bytes = this.#bytes.subarray(0, this.#length);
    return new Layer(bytes, Layer.ofFile(file), { offsets: this.#offsets, ends: this.#ends, write }, null);
  }
}
