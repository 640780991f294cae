import { createScanner } from 'jsonc-parser';
import type { Written } from '../extent.ts';
import { Layer } from '../layer.ts';
import type { TablePattern } from '../site.ts';
import type { Change, Format, Reading } from './format.ts';
import { isWholeString, scanJson } from './json-scanner.ts';
import { jsonLayer } from './json-strings.ts';
import { JsonTables } from './json-tables.ts';

/** Kinds of tokens: `SyntaxKind` of `jsonc-parser`, an enum that modules can't import. */
const OPEN_OBJECT = 1;
const CLOSE_OBJECT = 2;
const OPEN_ARRAY = 3;
const CLOSE_ARRAY = 4;
const COLON = 6;
const TEXT = 10;
const UNKNOWN = 16;
const END = 17;
const OPENED_BY: Readonly<Record<number, number>> = { [CLOSE_OBJECT]: OPEN_OBJECT, [CLOSE_ARRAY]: OPEN_ARRAY };

/** JSON, with comments and trailing commas or without. */
export const json: Format = {
  read(bytes: Buffer, tables: readonly TablePattern[] | 'everything'): Reading {
    const listener = new JsonTables(bytes, tables);
    scanJson(bytes, listener);
    return listener;
  },

  layer(bytes: Buffer, literal: Written): Layer {
    return jsonLayer(Layer.ofFile(bytes), literal.start, literal.end);
  },

  /** Every text has a spelling between double quotes. */
  respell: () => null,

  isWhole(bytes: Buffer, literal: Written): boolean {
    return isWholeString(bytes, literal.start, literal.end);
  },

  /**
   * Only the entries with changes are read by `jsonc-parser`. A reader of bytes is in the same state behind a string as
   * before it, whatever the string holds: so where all other bytes are the same, and each change lies in a string that
   * is whole before and after, the rest of a file of 50 MB is read alike.
   */
  isSameBut(before: Buffer, after: Buffer, changes: readonly Change[]): boolean {
    return [...Map.groupBy(changes, ({ entryAfter }) => entryAfter.start).values()].every((together) => {
      const [{ entryBefore, entryAfter }] = together as [Change];
      const old = told(before, entryBefore.start, entryBefore.end);
      const now = told(after, entryAfter.start, entryAfter.end);
      return old !== null && now !== null && isSameEntry(old, now, together);
    });
  },
};

/** What `jsonc-parser` tells of: a string value with its text, or a name, a number, a sign. */
interface Told {
  readonly isText: boolean;
  readonly value: string;
}

function isSameEntry(old: readonly Told[], now: readonly Told[], changes: readonly Change[]): boolean {
  const byIndex = new Map(changes.map((change) => [change.index, change]));
  let texts = 0;
  return (
    old.length === now.length &&
    old.every((was, at) => {
      const is = now[at];
      if (!is || is.isText !== was.isText) return false;
      const change = is.isText ? byIndex.get(texts++) : undefined;
      // Half of a pair of surrogates can't be spelled in our layers, and no edit touches one.
      return change ? is.value.toWellFormed() === `${TEXT} ${change.is}` : is.value === was.value;
    })
  );
}

/**
 * All names, values and signs between two offsets in their order; null where no whole value stands there. From the
 * scanner: the parser above it is recursive, and some thousand levels are too deep for it.
 */
function told(bytes: Buffer, start: number, end: number): readonly Told[] | null {
  const scanner = createScanner(bytes.toString('utf8', start, end), true);
  const all: Told[] = [];
  const open: number[] = [];
  for (let kind: number = scanner.scan(); kind !== END; kind = scanner.scan()) {
    const isBroken = kind === UNKNOWN || scanner.getTokenError() !== 0;
    if (isBroken || (kind in OPENED_BY && open.pop() !== OPENED_BY[kind])) return null;
    if (kind === OPEN_OBJECT || kind === OPEN_ARRAY) open.push(kind);
    const before = all.at(-1);
    // A text before a colon is a name.
    if (kind === COLON && before) all[all.length - 1] = { ...before, isText: false };
    all.push({ isText: kind === TEXT, value: `${kind} ${scanner.getTokenValue()}` });
  }
  return open.length === 0 ? all : null;
}
