/** Byte offsets in a file, or in the text of a layer, end exclusive. */
export interface Extent {
  readonly start: number;
  readonly end: number;
}

/** A text that is to take the place of what stands between two offsets. */
export interface Piece extends Extent {
  readonly text: string;
}

/** A string value as it stands in the file: what stands between its quotes, where it has any. */
export interface Written extends Extent {
  /** How its characters are written, in words that only its format knows: `basic`, `plain`, `block`. */
  readonly style: string;
}
