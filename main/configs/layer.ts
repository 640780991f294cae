/**
 * Text as one reader sees it, with the way back to where each of its bytes is written.
 *
 * Texts are written inside one another: a percent-encoded key in a URL in a JSON string in a file is three layers deep.
 * A key is searched for in each layer, and a new one is written through all of them, so that each reader on the way
 * gets exactly it. The text is UTF-8 in every layer.
 */
export class Layer {
  readonly bytes: Buffer;
  readonly parent: Layer | null;
  readonly #offsets: Uint32Array | number;
  readonly #write: (text: string) => string;
  /** Readers with an encoding of their own name it; the others leave what the layer below says. */
  readonly encoding: 'percent' | 'json' | null;

  /**
   * @param offsets where each byte, and the end, is written in the layer below; a number where they run in parallel
   *   from there.
   * @param write spells a text for the layer below. Throws a ConfigError `patch-refused` for a text that can't be
   *   written there.
   */
  constructor(
    bytes: Buffer,
    parent: Layer | null,
    offsets: Uint32Array | number,
    write: (text: string) => string,
    encoding: 'percent' | 'json' | null,
  ) {
    this.bytes = bytes;
    this.parent = parent;
    this.#offsets = offsets;
    this.#write = write;
    this.encoding = encoding;
  }

  static ofFile(bytes: Buffer): Layer {
    return new Layer(bytes, null, 0, (text) => text, null);
  }

  /** Where the byte at `index`, which may be the end, is written in the layer below. */
  below(index: number): number {
    return typeof this.#offsets === 'number' ? this.#offsets + index : (this.#offsets[index] ?? Number.NaN);
  }

  /** Where the byte at `index` is written in the file. */
  inFile(index: number): number {
    return this.parent === null ? index : this.parent.inFile(this.below(index));
  }

  /** The index whose byte is written from `offset` of the file on, or -1 when none begins there. */
  indexAt(offset: number): number {
    if (this.parent === null) return offset;
    const below = this.parent.indexAt(offset);
    if (below < 0) return -1;
    if (typeof this.#offsets === 'number') {
      const index = below - this.#offsets;
      return index >= 0 && index <= this.bytes.length ? index : -1;
    }
    return this.#offsets.indexOf(below);
  }

  /** The outermost layer that this one is written in, right above the file: the text of a literal. */
  get literal(): Layer {
    return this.parent?.parent ? this.parent.literal : this;
  }

  /** How `text` is written in the layer `bottom`, or in the file. */
  spell(text: string, bottom: Layer | null = null): string {
    if (this.parent === null || this === bottom) return text;
    return this.parent.spell(this.#write(text), bottom);
  }
}
