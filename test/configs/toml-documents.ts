import fc from 'fast-check';
import type { Part } from './parts.ts';
import { OLD } from './samples.ts';

type Parts = fc.Arbitrary<readonly Part[]>;

/** Pieces of text in each style, as they are written; none that makes JSON of a text, or a command line. What begins with a quote can't make three of them in a row. */
const SHARED = [' ', '#', '=', '[x', ']', '{x', '}', ',', '/', '$', 'é', '你', '🔑', 'x', '0', '\t'];
const ESCAPED = ['\\n', '\\"', '\\\\', '\\t', '\\r', '\\b', '\\f', '\\u00e9', '\\U0001F511', '\\u0041', "'", '\\u0000'];
const NEWER = ['\\e', '\\x41', '\\xe9'];
const LINES = ['\n', '\n\n  ', '\\\n', '\\ \t\n \n  ', '"x', '""y'];

interface Style {
  readonly quotes: string;
  readonly pieces: readonly string[];
  readonly keys: readonly string[];
  /** What stands between other text and the key, and between the key and other text. */
  readonly before: readonly string[];
  readonly behind: readonly string[];
  readonly begins: readonly string[];
}

const gaps = (...both: readonly string[]): Pick<Style, 'before' | 'behind'> => ({ before: both, behind: both });

const basicKeys = [OLD, OLD.replace('-', '\\u002d'), OLD.replace('s', '\\U00000073')];

function styles(newer: boolean): readonly Style[] {
  const escaped = [...SHARED, ...ESCAPED, ...(newer ? NEWER : [])];
  return [
    { quotes: '"', pieces: escaped, keys: basicKeys, ...gaps(' ', '=', '\\"', '\\t'), begins: [''] },
    {
      quotes: '"""',
      pieces: [...escaped, ...LINES],
      keys: [...basicKeys, OLD.replace('old', '\\\n  old')],
      // Behind a backslash at the end of a line, blanks are no part of the text, and the key would not stand alone.
      before: ['= ', '=\n', '=\\\n   ', '=\\  \n', '\\"'],
      behind: [' ', '\n', '\\\n   =', ' \\  \n', '\\"'],
      begins: ['', '\n', '\\\n  '],
    },
    { quotes: "'", pieces: [...SHARED, '\\', '"'], keys: [OLD], ...gaps(' ', '=', '\\', '"'), begins: [''] },
    {
      quotes: "'''",
      pieces: [...SHARED, '\\', '"', '\n', "'x", "''y"],
      keys: [OLD],
      ...gaps(' ', '\n', '\\', '"""'),
      begins: ['', '\n'],
    },
  ];
}

const joined = (pieces: readonly string[]): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...pieces), { maxLength: 3 }).map((parts) => parts.join(''));

function plainText(style: Style): Parts {
  return fc
    .tuple(fc.constantFrom(...style.begins), joined(style.pieces))
    .map(([begin, text]) => [style.quotes + begin + text + style.quotes]);
}

function keyText(style: Style, isInTable: boolean): Parts {
  const before = fc.tuple(joined(style.pieces), fc.constantFrom(...style.before)).map((pair) => pair.join(''));
  const behind = fc.tuple(fc.constantFrom(...style.behind), joined(style.pieces)).map((pair) => pair.join(''));
  const orNothing = (text: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.oneof(fc.constant(''), text, text);
  return fc
    .tuple(fc.constantFrom(...style.begins), orNothing(before), fc.constantFrom(...style.keys), orNothing(behind))
    .map(([begin, first, key, last]): readonly Part[] => [
      {
        isInTable,
        open: style.quotes + begin + first,
        key,
        close: last + style.quotes,
        isLiteral: style.quotes.startsWith("'"),
      },
    ]);
}

const scalar: Parts = fc
  .constantFrom('1', '-0.5', 'true', 'inf', '0xff', '1979-05-27T07:32:00Z', '07:32:00', '99999999999999999999')
  .map((text) => [text]);
const blank = fc.constantFrom('', ' ', '\t');
const blankLines = fc.constantFrom('', ' ', '\n', ` # "note" ${OLD}\n  `);

function value(newer: boolean, isInTable: boolean, depth: number): Parts {
  const all = styles(newer);
  const texts = fc.constantFrom(...all).chain((style) => plainText(style));
  const keys = fc.constantFrom(...all).chain((style) => keyText(style, isInTable));
  if (depth === 0) return fc.oneof({ arbitrary: keys, weight: 3 }, { arbitrary: texts, weight: 2 }, scalar);
  const inner = value(newer, isInTable, depth - 1);
  const list = fc
    .tuple(fc.array(fc.tuple(blankLines, inner, blankLines), { maxLength: 3 }), fc.boolean(), blankLines)
    .map(([items, comma, end]): Part[] => {
      const parts = items.flatMap(([a, item, b], index) => [index > 0 ? `,${a}` : a, ...item, b]);
      return ['[', ...parts, comma && items.length > 0 ? ',' : '', end, ']'];
    });
  const table = fc.array(fc.tuple(blank, inner, blank), { maxLength: 3 }).map((members): Part[] => {
    const names = ['a', '"b c"', 'd . "e"'];
    const parts = members.flatMap(([a, item, b], index) => [
      `${index > 0 ? ',' : ''}${a}${names[index]} =${a}`,
      ...item,
      b,
    ]);
    return ['{', ...parts, '}'];
  });
  return fc.oneof({ arbitrary: inner, weight: 3 }, list, table);
}

const name = fc.constantFrom(
  'env',
  'list',
  'uri',
  '"env"',
  "'a b'",
  'env . A',
  'headers."X-Y".z',
  '"\\u00e9"',
  '-',
  '1',
);
const comment = fc.constantFrom('', '', ' # note', `# ${OLD} 'in' "a" comment`, '\t#');
/** Headers of tables in which the key is to be changed, and of others; `N` is made a number of its own. */
const inTables = [
  '[mcp_servers.aN]',
  '[ mcp_servers . "a N".env ]',
  '[profiles.pN.mcp_servers.x]',
  '[profiles."p.N".mcp_servers.x.env]',
  '[[lists.mcp_servers]]',
];
const others = ['[other.N]', '[["list N"]]', '[profiles.qN.other]', '[mcp_serversN]'];

function block(newer: boolean, headers: readonly string[], isInTable: boolean) {
  const member = fc.tuple(name, blank, value(newer, isInTable, 2), comment);
  return fc.tuple(
    fc.constantFrom(...headers),
    comment,
    fc.uniqueArray(member, { maxLength: 3, selector: ([own]) => plainName(own) }),
  );
}

/** Names that begin alike would be given twice. */
const plainName = (own: string): string => own.replaceAll('"', '').split(' ')[0] ?? '';

/** @param newer with what TOML 1.1 has brought. */
export function tomlDocuments(newer: boolean): Parts {
  const top = fc.array(fc.tuple(blank, value(newer, false, 1), comment), { maxLength: 2 });
  const blocks = fc.array(
    fc.oneof(block(newer, inTables, true), block(newer, inTables, true), block(newer, others, false)),
    { maxLength: 4 },
  );
  return fc
    .tuple(fc.constantFrom('', '\ufeff'), fc.boolean(), top, blocks, fc.constantFrom('', '\n', `# ${OLD}`))
    .map(([bom, isCrlf, members, all, end]) => {
      const parts: Part[] = [
        bom,
        ...members.flatMap(([a, inner, note], index) => [`t${index}${a}=${a}`, ...inner, `${note}\n`]),
      ];
      for (const [index, [header, note, own]] of all.entries()) {
        parts.push(`${header.replace('N', String(index))}${note}\n`);
        for (const [key, a, inner, behind] of own) parts.push(`${a}${key}${a}= `, ...inner, `${behind}\n`);
      }
      return isCrlf ? [...parts, end].map(withCrlf) : [...parts, end];
    });
}

function withCrlf(part: Part): Part {
  const crlf = (text: string): string => text.replaceAll('\n', '\r\n');
  if (typeof part === 'string') return crlf(part);
  return { ...part, open: crlf(part.open), key: crlf(part.key), close: crlf(part.close) };
}
