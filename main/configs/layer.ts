import type { Extent, Piece } from './extent.ts';

/** How the text of a layer is written in the layer below. */
export interface Spelling {
  /** Where each byte, and the end, is written in the layer below; a number where they run in parallel from there. */
  readonly offsets: Uint32Array | number;
  /**
   * Where the writing of each byte ends, for notations in which something may stand between two bytes that is no part of
   * the text, as a line break behind a backslash: it belongs to neither, and stays.
   */
  readonly ends?: Uint32Array;
  /**
   * Spells a text for the layer below, where the byte at `at` of this layer's text stands.
   * @throws {CannotHold}, or a ConfigError `patch-refused`, for a text that can't be written there.
   */
  readonly write: (text: string, at: number) => string;
  /** Bytes share their places, as in base64: whatever is changed, the whole text is written anew. */
  readonly asOne?: boolean;
}

/** A notation within a text. Readers with none of their own are of the layer below. */
export type Encoding = 'percent' | 'json' | 'base64' | 'command-line';

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
  readonly encoding: Encoding | null;
  readonly #spelling: Spelling;

  constructor(bytes: Buffer, parent: Layer | null, spelling: Spelling, encoding: Encoding | null) {
    this.bytes = bytes;
    this.parent = parent;
    this.encoding = encoding;
    this.#spelling = spelling;
  }

  static ofFile(bytes: Buffer): Layer {
    return new Layer(bytes, null, { offsets: 0, write: (text) => text }, null);
  }

  /** Where a piece of this layer's text is written in the file. */
  inFile({ start, end }: Extent): Extent {
    if (this.parent === null) return { start, end };
    return this.parent.inFile(this.#below({ start, end }));
  }

  /** Where this layer's text begins in the layer below. */
  get begin(): number {
    return this.#below({ start: 0, end: 0 }).start;
  }

  /** The outermost layer that this one is written in, right above the file: the text of a literal. */
  get literal(): Layer {
    return this.parent?.parent ? this.parent.literal : this;
  }

  /** What to write where, in the layer `bottom` or in the file, so that this layer's reader gets the piece's text there. */
  spell(piece: Piece, bottom: Layer | null = null): Piece {
    if (this.parent === null || this === bottom) return piece;
    const { start, end, text } = piece;
    const { asOne, write } = this.#spelling;
    const written = asOne ? write(this.#replaced(piece), 0) : write(text, start);
    return this.parent.spell({ ...this.#below({ start, end }), text: written }, bottom);
  }

  #below({ start, end }: Extent): Extent {
    const { offsets, ends, asOne } = this.#spelling;
    const [from, to] = asOne ? [0, this.bytes.length] : [start, end];
    if (typeof offsets === 'number') return { start: offsets + from, end: offsets + to };
    return { start: offsets[from] ?? Number.NaN, end: ends?.[to - 1] ?? offsets[to] ?? Number.NaN };
  }

  /** The whole text with what stands at the piece replaced wherever it stands. */
  #replaced({ start, end, text }: Piece): string {
    return this.bytes.toString().replaceAll(this.bytes.toString('utf8', start, end), () => text);
  }
}
