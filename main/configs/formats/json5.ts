import { parseJSON5 } from 'confbox/json5';
import type { Written } from '../extent.ts';
import type { Layer } from '../layer.ts';
import type { TablePattern } from '../site.ts';
import { readRecursively } from './document-text.ts';
import type { Change, Format, Reading } from './format.ts';
import { isWholeJson5, json5Layer } from './json5-strings.ts';
import { readJson5Tree } from './json5-tree.ts';
import { isSameTree } from './same-tree.ts';
import { readTables } from './tree-tables.ts';

/**
 * JSON5. Where its values stand is told by `momoa`; what comes out is checked with `confbox`.
 *
 * Of two members with the same name, readers take the last. `confbox` sees nothing of the other one, so that a change in
 * that one is refused: what can't be checked isn't written.
 */
export const json5: Format = {
  read(bytes: Buffer, tables: readonly TablePattern[] | 'everything'): Reading {
    return readRecursively(() => {
      const { root, comments } = readJson5Tree(bytes);
      return root ? readTables(root, tables, comments) : { literals: [], entries: [], comments };
    });
  },

  layer(bytes: Buffer, literal: Written): Layer {
    return json5Layer(bytes, literal);
  },

  /** Every text has a spelling between either quotes. */
  respell: () => null,

  isWhole(bytes: Buffer, literal: Written): boolean {
    return isWholeJson5(bytes, literal);
  },

  isSameBut(before: Buffer, after: Buffer, changes: readonly Change[]): boolean {
    // It knows no blank document, in which nothing can be changed.
    if (changes.length === 0) return before.equals(after);
    try {
      const [was, is] = [before, after].map((bytes) => parseJSON5(bytes.toString(), AS_IT_IS));
      return isSameTree(was, is, changes);
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof RangeError) return false;
      throw error;
    }
  },
};

/** It would look for the indentation, to write with it again. */
const AS_IT_IS = { preserveIndentation: false, preserveWhitespace: false };
