import type { PlaceInEntry } from '../../hosts/host.schema.ts';
import type { Extent, Piece, Written } from '../extent.ts';
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
   * Reads the whole document and tells what stands in its server tables.
   * @throws {BrokenDocument} where no reader of this format could go on.
   */
  read(bytes: Buffer, tables: readonly TablePattern[] | 'everything'): Reading;

  /**
   * The characters of a literal, with the way back to the bytes of the file. It throws {@link CannotHold} when it is
   * asked to write a text that the literal's style has no way to write.
   */
  layer(bytes: Buffer, literal: Written): Layer;

  /**
   * The literal written anew, in another style that holds this text: which bytes of the file give way, quotes
   * included, and to what. Null where no style of this notation can.
   */
  respell(bytes: Buffer, literal: Written, text: string): Piece | null;

  /** Whether just this literal stands there, whole. */
  isWhole(bytes: Buffer, literal: Written): boolean;

  /**
   * Whether a reader that shares no code with {@link read} and {@link layer} sees the same in both documents, but for
   * the changed values: what a patch is checked with. False too where that reader finds no whole document.
   */
  isSameBut(before: Buffer, after: Buffer, changes: readonly Change[]): boolean;
}

/** A value that was changed, as the checking reader is to see it. In the order of the file. */
export interface Change {
  readonly path: JsonPath;
  readonly was: string;
  readonly is: string;
  /** The entry in which it stands, in the old document and in the new one. */
  readonly entryBefore: Extent;
  readonly entryAfter: Extent;
  /** How many texts stand before it in its entry. */
  readonly index: number;
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

/** One server's entry in a table: the bytes of its value. */
export interface Entry extends Extent {
  /** Its name in the table, or in itself where the table is a list; null for the document of a provider. */
  readonly server: string | null;
  /** The way to its table; null for the document of a provider. */
  readonly table: JsonPath | null;
}

/** One string value with its place in the document. */
export interface Literal extends Written {
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
  return [...pathTo(literal.container), literal.key];
}

/** Object keys and array indexes from the root to an object or array. */
export function pathTo(container: Container): JsonPath {
  const path: (string | number)[] = [];
  for (let at: Container | null = container; at !== null && at.key !== null; at = at.parent) path.push(at.key);
  return path.reverse();
}

/** Whether a member of this name, at this depth below the root, is on the way to the tables of a pattern. */
export function leadsTo(pattern: TablePattern, depth: number, name: string | number): boolean {
  const step = pattern[depth];
  return step !== undefined && (step === '*' || step === String(name));
}

/** Under which of their own members servers in a list are known, the first that is there. */
export const NAME_MEMBERS: readonly string[] = ['name', 'label', 'id'];

/** A document that can't be read: why, and at which byte. Never holds any text of the document. */
export class BrokenDocument extends Error {
  readonly offset: number;

  constructor(why: string, offset: number) {
    super(why);
    this.offset = offset;
  }
}

/** A document that may well be whole, and is larger or deeper than its reader goes. */
export class BeyondReading extends BrokenDocument {}

/** A text that has no spelling in the style of a literal: a quote in a string that knows no escapes. */
export class CannotHold extends Error {}
