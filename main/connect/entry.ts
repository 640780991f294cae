/** A text to be put into a document, or taken out of it, and nothing else. */
export interface Insertion {
  /** In characters. */
  readonly at: number;
  readonly text: string;
}

/** What is to stand where: the names that lead to it, and its value. */
export interface NewEntry {
  readonly path: readonly string[];
  readonly value: Readonly<Record<string, unknown>>;
}
