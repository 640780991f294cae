import fc from 'fast-check';
import type { Part } from './parts.ts';
import { OLD } from './samples.ts';

type Parts = fc.Arbitrary<readonly Part[]>;

/** Pieces of text, as they are written; none that makes JSON of a text, or a command line. */
const PIECES = [
  ' ',
  '#',
  '=',
  '[x',
  ']',
  '{x',
  '}',
  ',',
  '/',
  '$',
  'é',
  '你',
  '🔑',
  'x',
  '0',
  '\t',
  '\u2028',
  '\u007f',
];
const LETTERS = ['\\n', '\\b', '\\f', '\\r', '\\t', '\\v', '\\"', "\\'", '\\\\', '\\/', '\\a', '\\é', '\\🔑', '\\$'];
const NUMBERS = ['\\x41', '\\xe9', '\\u0041', '\\u00E9', '\\ud83d\\udd11', '\\ud800', '\\0 ', '\\u2029'];
const BREAKS = ['\\\n', '\\\r\n', '\\\r', '\\\u2028'];
const KEYS = [
  OLD,
  OLD.replace('-', '\\x2d'),
  OLD.replace('s', '\\u0073'),
  OLD.replace('k', '\\k'),
  OLD.replace('old', '\\\nold'),
];
const GAPS = [' ', '=', '= \\\n', '\\n', '\\x20'];

const quote = fc.constantFrom('"', "'");
const written = fc
  .array(fc.constantFrom(...PIECES, ...LETTERS, ...NUMBERS, ...BREAKS), { maxLength: 4 })
  .map((parts) => parts.join(''));

/** The other quote needs no backslash. */
const inQuotes = (mark: string): fc.Arbitrary<string> =>
  fc.tuple(written, fc.constantFrom('', mark === '"' ? "'" : '"')).map(([text, other]) => text + other);

const text: Parts = quote.chain((mark) => inQuotes(mark).map((inner) => [mark + inner + mark]));

function keyText(isInTable: boolean): Parts {
  return quote.chain((mark) => {
    const before = fc.tuple(inQuotes(mark), fc.constantFrom(...GAPS)).map((pair) => pair.join(''));
    const behind = fc
      .tuple(fc.constantFrom(' ', '\\n', '\\\n=', ',\\\r\n'), inQuotes(mark))
      .map((pair) => pair.join(''));
    const orNothing = (side: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.oneof(fc.constant(''), side);
    return fc
      .tuple(orNothing(before), fc.constantFrom(...KEYS), orNothing(behind))
      .map(([first, key, last]) => [{ isInTable, open: mark + first, key, close: last + mark, isLiteral: false }]);
  });
}

const blank = fc
  .array(
    fc.constantFrom(' ', '\n', '\r\n', '\t', '\u00a0', '\ufeff', '\u2028', '// "note\n', `/* { ' ${OLD} */`, '//\r\n'),
    {
      maxLength: 2,
    },
  )
  .map((parts) => parts.join(''));
const scalar: Parts = fc
  .constantFrom('1', '-0', '.5', '5.', '+1', '0xFf', '1e-5', 'Infinity', '-Infinity', 'NaN', 'true', 'false', 'null')
  .map((value) => [value]);
const names = ['a', '$b', '_c', '"d e"', "'\\'f'", 'é', '\\u0067h', 'NaN', '"env"', '__proto__', "'1'", '""'];

function value(isInTable: boolean): Parts {
  const { node } = fc.letrec<{ node: readonly Part[] }>((tie) => {
    const comma = fc.constantFrom('', ',');
    const list = fc
      .tuple(fc.array(fc.tuple(blank, tie('node'), blank), { maxLength: 3 }), comma, blank)
      .map(([items, last, end]): readonly Part[] => {
        const parts = items.flatMap(([a, item, b], index) => [index > 0 ? `,${a}` : a, ...item, b]);
        return ['[', ...parts, items.length > 0 ? last : '', end, ']'];
      });
    const member = fc.tuple(fc.constantFrom(...names), blank, tie('node'), blank);
    const object = fc
      .tuple(fc.uniqueArray(member, { maxLength: 3, selector: ([name]) => name }), comma, blank)
      .map(([members, last, end]): readonly Part[] => {
        const parts = members.flatMap(([name, a, item, b], index) => [
          `${index > 0 ? ',' : ''}${a}${name}${b}:${a}`,
          ...item,
          b,
        ]);
        return ['{', ...parts, members.length > 0 ? last : '', end, '}'];
      });
    return {
      node: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        { arbitrary: keyText(isInTable), weight: 3 },
        text,
        scalar,
        list,
        object,
      ),
    };
  });
  return node;
}

/** Documents in which `mcpServers` is the table, with keys in it and outside of it. */
export function json5Documents(): Parts {
  return fc
    .tuple(
      fc.constantFrom('', '\ufeff'),
      blank,
      value(true),
      value(true),
      value(false),
      fc.constantFrom('', ','),
      blank,
    )
    .map(([bom, start, first, second, outside, comma, end]) => [
      `${bom}${start}{x:`,
      ...outside,
      ",'mcpServers':{one:",
      ...first,
      ',"two":{env:{A:',
      ...second,
      `},${start}},},servers:{}${comma}}${end}`,
    ]);
}
