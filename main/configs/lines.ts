const NEWLINE = 0x0a;

/** Tells the line (from 1) of offsets that are asked for in ascending order, going through the bytes once. */
export class Lines {
  readonly #bytes: Buffer;
  #line = 1;
  /** Where the line ends. */
  #end: number;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#end = this.#newlineFrom(0);
  }

  at(offset: number): number {
    for (; this.#end < offset; this.#line++) this.#end = this.#newlineFrom(this.#end + 1);
    return this.#line;
  }

  #newlineFrom(offset: number): number {
    const found = this.#bytes.indexOf(NEWLINE, offset);
    return found < 0 ? this.#bytes.length : found;
  }
}

/** Where the line of an offset begins. */
export function startOfLine(bytes: Buffer, offset: number): number {
  return offset === 0 ? 0 : bytes.lastIndexOf(NEWLINE, offset - 1) + 1;
}
