import fc from 'fast-check';
import { OLD } from './samples.ts';

/** A value, before it is known how deep it stands. */
type Value =
  | { readonly kind: 'scalar'; readonly style: Style; readonly props: string; readonly parts: readonly Part[] }
  | { readonly kind: 'other'; readonly text: string }
  | { readonly kind: 'list'; readonly isFlow: boolean; readonly isFlush: boolean; readonly items: readonly Value[] }
  | { readonly kind: 'object'; readonly isFlow: boolean; readonly comment: string; readonly items: readonly Value[] };

type Style = 'plain' | 'single' | 'double' | `${'|' | '>'}${'' | '-' | '+'}`;

/** A piece of a text as it is written, and what parts it from the next. */
interface Part {
  readonly words: string;
  readonly gap: ' ' | 'fold' | 'fold twice' | 'escaped break';
}

const NAMES = ['env', 'a', 'headers', 'b-c', '"quoted name"', "'single'", '__proto__', '? long', 'é'];
/** The key as part of a longer token is none. */
const NEAR_MISSES = [`${OLD}x`, `x-${OLD}`];
const WORDS: Readonly<Record<'plain' | 'single' | 'double' | 'block', readonly string[]>> = {
  plain: ['Bearer', 'é', 'a"b', "it's", 'x=y', '你🔑', '-x', 'a#b', 'v1.2'],
  single: ['Bearer', "it''s", '"', '#', ': ', '{', ',', '\\n', '&a', '🔑', 'tab\there'],
  double: [
    'Bearer',
    '\\"',
    '\\\\',
    '\\x41',
    '\\u00e9',
    '\\U0001f511',
    '\\ud83d\\udd11',
    '#',
    ': ',
    '\\n',
    '\\t',
    "'",
    'é',
    '\\ ',
  ],
  block: ['Bearer', "it's", '"', '#', '# no comment', ': ', '- a', '\\n', '🔑', 'tab\there', '- ', ' deeper'],
};
/** Stands for the indentation, within a word. */
const PAD = '<pad>';
const KEYS_IN_DOUBLE = [
  OLD,
  OLD.replaceAll('-', '\\x2d'),
  OLD.replace('sk', '\\u0073\\U0000006b'),
  OLD.replace('live', `li\\\n${PAD}ve`),
];

const gap = fc.constantFrom<Part['gap']>(' ', ' ', 'fold', 'fold twice');
const anyGap = fc.constantFrom<Part['gap']>(' ', ' ', 'fold', 'fold twice', 'escaped break');

function parts(kind: keyof typeof WORDS): fc.Arbitrary<readonly Part[]> {
  const keys = kind === 'double' ? KEYS_IN_DOUBLE : [OLD];
  const gaps = kind === 'double' ? anyGap : gap;
  const word = fc.constantFrom(...WORDS[kind]);
  const key = fc
    .tuple(fc.constantFrom('', '', '--key=', '='), fc.constantFrom(...keys, ...keys, ...NEAR_MISSES))
    .map((both) => both.join(''));
  const around = fc.array(fc.record({ words: word, gap: gaps }), { maxLength: 2 });
  const inside = fc.record({
    words: fc.oneof({ weight: 3, arbitrary: key }, { weight: 1, arbitrary: word }),
    gap: gaps,
  });
  return fc.tuple(around, inside, around).map(([before, one, after]) => [...before, one, ...after]);
}

function scalar(style: Style, kind: keyof typeof WORDS): fc.Arbitrary<Value> {
  return fc.record({
    kind: fc.constant('scalar' as const),
    style: fc.constant(style),
    props: fc.constantFrom('', '', '!!str '),
    parts: parts(kind),
  });
}

const { value } = fc.letrec<{ value: Value }>((tie) => {
  const items = fc.array(tie('value'), { maxLength: 3 });
  const blocks = (['|', '>', '|-', '>-', '|+', '>+'] as const).map((style) => scalar(style, 'block'));
  return {
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      scalar('plain', 'plain'),
      scalar('single', 'single'),
      scalar('double', 'double'),
      fc.oneof(...blocks),
      fc
        .constantFrom('1', 'true', '~', '2026-11-20', '0x1F', '', '!!int 3')
        .map((text) => ({ kind: 'other' as const, text })),
      fc.record({ kind: fc.constant('list' as const), isFlow: fc.boolean(), isFlush: fc.boolean(), items }),
      fc.record({
        kind: fc.constant('object' as const),
        isFlow: fc.boolean(),
        comment: fc.constantFrom('', '', ` # ${OLD}`, ' # "quote', '   # - {'),
        items,
      }),
    ),
  };
});

/** Documents with the key in tables, in every way to write it, and outside of them; and the key that is in the table by an alias. */
export const yamlDocuments: fc.Arbitrary<string> = fc
  .record({
    start: fc.constantFrom('', '', '\ufeff', '---\n', `# ${OLD}\n`, '%YAML 1.1\n---\n', '\n\n'),
    shared: fc.constantFrom(OLD, `"${OLD}"`, `'Bearer ${OLD}'`, `|\n  ${OLD}`, `>-\n  a\n  ${OLD}`),
    outside: value,
    first: value,
    second: value,
    end: fc.constantFrom('', '\n', `z: 1 # ${OLD}`, 'z: "1"', '...\n', `# ${OLD}\n\n`),
    isCrlf: fc.boolean(),
  })
  .map(({ start, shared, outside, first, second, end, isCrlf }) => {
    const table = `  one:${written(first, 2)}  two: {aliased: *k}\n  three:\n    env:${written(second, 4)}    <<: *base\n`;
    const text = `${start}shared: &k ${shared}\nbase: &base\n  merged: ${OLD}\nx:${written(outside, 0)}mcpServers:\n${table}${end}`;
    return isCrlf ? text.replaceAll('\n', '\r\n') : text;
  });

/** What stands behind the colon of a name, or a dash, that is indented by `indent`; up to the end of the line. */
function written(value: Value, indent: number): string {
  const pad = ' '.repeat(indent + 2);
  if (value.kind === 'object' && !value.isFlow && value.items.length > 0) {
    const members = value.items.map((item, at) => `${pad}${name(at)}:${written(item, indent + 2)}`);
    return `${value.comment}\n${members.join('')}`;
  }
  if (value.kind === 'list' && !value.isFlow && value.items.length > 0) {
    const dash = value.isFlush ? indent : indent + 2;
    return `\n${value.items.map((item) => `${' '.repeat(dash)}-${written(item, dash)}`).join('')}`;
  }
  if (value.kind === 'scalar' && /^[|>]/.test(value.style))
    return ` ${value.props}${block(value.style, value.parts, pad)}`;
  return ` ${inFlow(value, pad)}\n`;
}

function name(at: number): string {
  return (NAMES[at] ?? `n${at}`).replace('? ', '');
}

/** A value on one line, or with lines that are indented by `pad`. */
function inFlow(value: Value, pad: string): string {
  if (value.kind === 'other') return value.text;
  if (value.kind === 'list')
    return `[${value.items
      .map((item) => inFlow(item, pad))
      .filter(Boolean)
      .join(', ')}]`;
  if (value.kind === 'object') {
    const members = value.items.map((item, at) => `${name(at)}: ${inFlow(item, pad)}`);
    return `{ ${members.join(`,\n${pad}`)} }`;
  }
  if (value.style === 'single') return `${value.props}'${folded(value.parts, pad)}'`;
  if (value.style === 'double') return `${value.props}"${folded(value.parts, pad)}"`;
  // A block scalar has no place here; its words may not be plain.
  if (value.style !== 'plain') return `${value.props}'${OLD}'`;
  return value.props + folded(value.parts, pad);
}

function folded(all: readonly Part[], pad: string): string {
  const gaps = { ' ': ' ', fold: `\n${pad}`, 'fold twice': ` \n\n${pad}`, 'escaped break': `\\\n${pad}` };
  const text = all.map(({ words, gap: one }, at) => (at === all.length - 1 ? words : words + gaps[one])).join('');
  return text.replaceAll(PAD, pad);
}

function block(style: string, all: readonly Part[], pad: string): string {
  const gaps = { ' ': ' ', fold: `\n${pad}`, 'fold twice': `\n\n${pad}`, 'escaped break': ' ' };
  const text = all.map(({ words, gap: one }, at) => (at === all.length - 1 ? words : words + gaps[one])).join('');
  const comment = all.length === 1 ? ' # a block' : '';
  // What begins with a blank needs to be told how far it is indented.
  const needsDigit = /^ /.test(text) || all.length === 2;
  const digit = needsDigit ? '2' : '';
  const blank = all.length === 3 ? '\n' : '';
  return `${style}${digit}${comment}\n${pad}${text}\n${blank}`;
}
