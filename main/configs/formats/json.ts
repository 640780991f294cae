import { type ParseOptions, visit } from 'jsonc-parser';
import type { Written } from '../extent.ts';
import { Layer } from '../layer.ts';
import type { TablePattern } from '../site.ts';
import type { Change, Format, Reading } from './format.ts';
import { isWholeString, scanJson } from './json-scanner.ts';
import { jsonLayer } from './json-strings.ts';
import { JsonTables } from './json-tables.ts';

const LENIENT: ParseOptions = { disallowComments: false, allowTrailingComma: true };

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

/** What `jsonc-parser` tells of: a string value with its text, or a name, a number, a bracket. */
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
      return change ? is.value.toWellFormed() === change.is : is.value === was.value;
    })
  );
}

/** All names and values between two offsets in their order; null where no whole value stands there. */
function told(bytes: Buffer, start: number, end: number): readonly Told[] | null {
  const all: Told[] = [];
  let broken = false;
  const other = (value: string) => all.push({ isText: false, value });
  try {
    visit(
      bytes.toString('utf8', start, end),
      {
        onObjectBegin: () => void other('{'),
        onObjectEnd: () => other('}'),
        onArrayBegin: () => void other('['),
        onArrayEnd: () => other(']'),
        onObjectProperty: (name) => other(`name ${name}`),
        onLiteralValue: (value: unknown) => all.push({ isText: typeof value === 'string', value: String(value) }),
        onError: () => {
          broken = true;
        },
      },
      LENIENT,
    );
  } catch (error) {
    // It is recursive: some thousand levels are too deep for it.
    if (!(error instanceof RangeError)) throw error;
    return null;
  }
  return broken ? null : all;
}
