import { type ParseOptions, visit } from 'jsonc-parser';
import { Layer } from '../layer.ts';
import type { TablePattern } from '../site.ts';
import type { Extent, Format, Reading, Told } from './format.ts';
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

  layer(bytes: Buffer, literal: Extent): Layer {
    return jsonLayer(Layer.ofFile(bytes), literal.start, literal.end);
  },

  isWhole(bytes: Buffer, literal: Extent): boolean {
    return isWholeString(bytes, literal.start, literal.end);
  },

  readAgain(bytes: Buffer, start: number, end: number): readonly Told[] | null {
    const told: Told[] = [];
    let broken = false;
    const other = (value: string) => told.push({ isText: false, value });
    try {
      visit(
        bytes.toString('utf8', start, end),
        {
          onObjectBegin: () => void other('{'),
          onObjectEnd: () => other('}'),
          onArrayBegin: () => void other('['),
          onArrayEnd: () => other(']'),
          onObjectProperty: (name) => other(`name ${name}`),
          onLiteralValue: (value: unknown) => told.push({ isText: typeof value === 'string', value: String(value) }),
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
    return broken ? null : told;
  },
};
