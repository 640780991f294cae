import { parse, TomlError } from 'smol-toml';
import type { Piece, Written } from '../extent.ts';
import type { Layer } from '../layer.ts';
import type { TablePattern } from '../site.ts';
import { readRecursively } from './document-text.ts';
import type { Change, Format, Reading } from './format.ts';
import { isSameTree } from './same-tree.ts';
import { isWholeToml, respellToml, tomlLayer } from './toml-strings.ts';
import { readTomlTree } from './toml-tree.ts';
import { readTables } from './tree-tables.ts';

/**
 * TOML: read as 1.1, written so that readers of 1.0 take it. Where its values stand is told by `toml-eslint-parser`;
 * what comes out is checked with `smol-toml`.
 */
export const toml: Format = {
  read(bytes: Buffer, tables: readonly TablePattern[] | 'everything'): Reading {
    return readRecursively(() => {
      const { root, comments } = readTomlTree(bytes);
      return readTables(root, tables, comments);
    });
  },

  layer(bytes: Buffer, literal: Written): Layer {
    return tomlLayer(bytes, literal);
  },

  respell(bytes: Buffer, literal: Written, text: string): Piece | null {
    return respellToml(bytes, literal, text);
  },

  isWhole(bytes: Buffer, literal: Written): boolean {
    return isWholeToml(bytes, literal);
  },

  isSameBut(before: Buffer, after: Buffer, changes: readonly Change[]): boolean {
    try {
      const [was, is] = [before, after].map((bytes) => parse(bytes.toString(), { integersAsBigInt: true }));
      return isSameTree(was, is, changes);
    } catch (error) {
      // Too deep for it, or a date that no calendar has.
      if (error instanceof TomlError || error instanceof RangeError) return false;
      throw error;
    }
  },
};
