import type { PlaceInEntry } from '../../hosts/host.schema.ts';
import type { Layer } from '../layer.ts';
import type { JsonPath, TablePattern } from '../site.ts';

/**
 * One notation of config files.
 *
 * A format knows how text is written in a file; what counts as a key, where one may be changed and how a file is
 * written is the same for all of them (`find.ts`, `patch.ts`, `write.ts`).
 */
export interface Format {
  /**
   * Reads the whole document and tells what stands in its server tables. Documents of any depth are read.
   * @throws {BrokenDocument} where no reader of this format could go on.
   */
  read(bytes: Buffer, tables: readonly TablePattern[] | 'everything'): Reading;

  /** The characters of a literal, with the way back to the bytes of the file. */
  layer(bytes: Buffer, literal: Extent): Layer;

  /** Whether a reader that begins to read a literal's text at `start` comes to its end at `end`, and not elsewhere. */
  isWhole(bytes: Buffer, literal: Extent): boolean;

  /**
   * All names and values between two offsets of the file, in their order, by a reader that shares no code with
   * {@link read}: what a patch is checked with. Null where that reader finds no whole value.
   */
  readAgain(bytes: Buffer, start: number, end: number): readonly Told[] | null;
}

/** What the checking reader tells of: a string value with its text, or a name, a number, a bracket. */
export interface Told {
  readonly isText: boolean;
  readonly value: string;
}

/** What one document holds. */
export interface Reading {
  /** String values inside the tables, in the order of the file. */
  readonly literals: readonly Literal[];
  /** The entries of the tables, in the order of the file; of a provider's own file, the whole document. */
  readonly entries: readonly Entry[];
  /** Start and end of each comment of the whole document, one after the other. */
  readonly comments: readonly number[];
}

/** Byte offsets in a file, end exclusive. */
export interface Extent {
  readonly start: number;
  readonly end: number;
}

/** One server's entry in a table: the bytes of its value. */
export interface Entry extends Extent {
  /** Null for the document of a provider. */
  readonly server: string | null;
}

/** One string value as it stands in the file: what stands between its quotes. */
export interface Literal extends Extent {
  readonly entry: Entry;
  /** The object or array that it stands in: values of the same object have the same one. */
  readonly container: Container;
  /** Its own name or index in the container. */
  readonly key: string | number;
  readonly place: PlaceInEntry;
}

/** An object or array on the way to a value. Linked upwards, so that a document of any depth stays cheap. */
export interface Container {
  readonly parent: Container | null;
  /** Its own name or index in the parent. */
  readonly key: string | number | null;
}

/** Object keys and array indexes from the root to a literal. */
export function pathOf(literal: Literal): JsonPath {
  const path: (string | number)[] = [literal.key];
  for (let at: Container | null = literal.container; at !== null && at.key !== null; at = at.parent) path.push(at.key);
  return path.reverse();
}

/** A document that can't be read: why, and at which byte. Never holds any text of the document. */
export class BrokenDocument extends Error {
  readonly offset: number;

  constructor(why: string, offset: number) {
    super(why);
    this.offset = offset;
  }
}
