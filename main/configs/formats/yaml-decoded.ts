/** A decoded text that grows, with the place in the file where each of its bytes is written. */
export class Decoded {
  readonly #bytes: number[] = [];
  readonly #offsets: number[] = [];
  /** Where the way to write the next byte begins, if that is before the byte itself. */
  #pending: number | null = null;

  /** A byte that is written at `at`. */
  add(byte: number, at: number): void {
    this.#bytes.push(byte);
    this.#offsets.push(this.#pending ?? at);
    this.#pending = null;
  }

  /** All bytes of a text that is written as one, at `at`. */
  addText(text: string, at: number): void {
    for (const byte of Buffer.from(text)) this.add(byte, at);
  }

  /** Something that stands for nothing, and goes along with what follows it. */
  skip(at: number): void {
    this.#pending ??= at;
  }

  /** @param end where the last byte's writing ends. */
  done(end: number): { readonly bytes: Buffer; readonly offsets: Uint32Array } {
    return {
      bytes: Buffer.from(this.#bytes),
      offsets: Uint32Array.from([...this.#offsets, this.#pending ?? end]),
    };
  }
}
