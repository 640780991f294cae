import type { Piece, Written } from '../extent.ts';
import type { Layer } from '../layer.ts';
import type { TablePattern } from '../site.ts';
import { BrokenDocument, type Change, type Format, type Reading } from './format.ts';
import { readTables } from './tree-tables.ts';
import { blockLayer, headerEnd, isBlock } from './yaml-blocks.ts';
import { isSameYaml } from './yaml-check.ts';
import { parseYaml } from './yaml-document.ts';
import { flowLayer } from './yaml-flow-scalars.ts';
import { doubleQuoted } from './yaml-spelling.ts';

/** YAML 1.1 and 1.2: a key is only changed where the readers of both see the same text, before and after. */
export const yaml: Format = {
  read(bytes: Buffer, tables: readonly TablePattern[] | 'everything'): Reading {
    const { root, comments } = parseYaml(bytes);
    return root === null ? { literals: [], entries: [], comments } : readTables(root, tables, comments);
  },

  layer(bytes: Buffer, literal: Written): Layer {
    return isBlock(literal) ? blockLayer(bytes, literal) : flowLayer(bytes, literal);
  },

  /** In double quotes and on one line, which holds every text. */
  respell(bytes: Buffer, literal: Written, text: string): Piece | null {
    const { start, end, style } = literal;
    const quoted = `"${doubleQuoted(text)}"`;
    if (!isBlock(literal)) {
      const quote = style === 'single' || style === 'double' ? 1 : 0;
      return { start: start - quote, end: end + quote, text: quoted };
    }
    // Readers don't agree about the last line break of a block that ends with the file.
    if (bytes[end - 1] !== 0x0a) return null;
    const comment = /[ \t]#[^\r\n]*/.exec(bytes.toString('utf8', start, headerEnd(bytes, start)))?.[0] ?? '';
    return { start, end: bytes[end - 2] === 0x0d ? end - 2 : end - 1, text: quoted + comment };
  },

  isWhole(bytes: Buffer, { start, end, style }: Written): boolean {
    try {
      const found = parseYaml(bytes).texts.get(start);
      return found?.end === end && found.style === style;
    } catch (error) {
      if (error instanceof BrokenDocument) return false;
      throw error;
    }
  },

  isSameBut(before: Buffer, after: Buffer, changes: readonly Change[]): boolean {
    return isSameYaml(before.toString(), after.toString(), changes);
  },
};
