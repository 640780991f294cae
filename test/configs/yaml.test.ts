import { CORE_SCHEMA, load, YAML11_SCHEMA } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { findSites } from '../../main/configs/find.ts';
import { AWKWARD, NEW, OLD, searchFor } from './samples.ts';
import { find, inEntry, patched } from './yaml-samples.ts';

/** What readers of YAML 1.1 and 1.2 get for it. */
function valuesIn(text: string): unknown[] {
  return [CORE_SCHEMA, YAML11_SCHEMA].map((schema) => {
    const read = load(text, { schema }) as { mcpServers: { acme: { env: { A: unknown; Z: unknown } } } };
    expect(read.mcpServers.acme.env.Z).toBe('last');
    return read.mcpServers.acme.env.A;
  });
}

const WAYS: readonly [what: string, written: string, before: string, after: string][] = [
  ['plain', OLD, '', ''],
  ['plain, in the middle', `Bearer ${OLD} # note`, 'Bearer ', ''],
  ['plain, over lines', `one\n        ${OLD}\n\n        two`, 'one ', '\ntwo'],
  ['plain, with a tag', `!!str ${OLD}`, '', ''],
  ['plain, with an anchor', `&key ${OLD}`, '', ''],
  ['single-quoted', `'${OLD}'`, '', ''],
  ['single-quoted, with a quote', `'it''s ${OLD}'`, "it's ", ''],
  ['single-quoted, over lines', `'one\n        ${OLD}\n\n        two'`, 'one ', '\ntwo'],
  ['double-quoted', `"${OLD}"`, '', ''],
  [
    'double-quoted, with escapes',
    `"\\x41\\u00e9\\n\\U0001F511 \\x73k-live-old-0123456789\\t"`,
    'A\u00e9\n\u{1f511} ',
    '\t',
  ],
  ['double-quoted, over lines', `"one\n        ${OLD}\n\n        two"`, 'one ', '\ntwo'],
  ['double-quoted, behind an escaped line break', `"a=\\\n        ${OLD}"`, 'a=', ''],
  ['double-quoted, before an escaped line break', `"${OLD}\\\n        \\ b"`, '', ' b'],
  ['double-quoted, with an escaped line break in the key', `"sk-live-\\\n        old-0123456789"`, '', ''],
  ['in a literal block', `|\n        ${OLD}`, '', '\n'],
  ['in a literal block without a line break', `|-\n        ${OLD}`, '', ''],
  ['in a literal block with all line breaks', `|+\n        ${OLD}\n`, '', '\n\n'],
  [
    'in a literal block with a comment',
    `| # note\n        one\n        ${OLD}\n\n          two`,
    'one\n',
    '\n\n  two\n',
  ],
  ['in a literal block that tells its indentation', `|2-\n          one\n        k=${OLD}`, '  one\nk=', ''],
  ['in a folded block', `>\n        one\n        ${OLD}\n        two\n`, 'one ', ' two\n'],
  ['in a folded block without a line break', `>-\n        one\n\n        ${OLD}\n          two`, 'one\n', '\n  two'],
  ['in a folded block with all line breaks', `>+\n\n        ${OLD}\n\n`, '\n', '\n\n\n'],
  ['on the next line', `\n        ${OLD}`, '', ''],
];

const SPECIAL = [...'"\'\\#:{}[],&*!|>%@`?-=~<$é你🔑', '\n', '\t', '\r', '\u0085', '\u2028', '\ufeff', '\x1b'];
const KEYS = [
  NEW,
  AWKWARD,
  ...SPECIAL,
  ...SPECIAL.map((char) => `a${char}b`),
  ...SPECIAL.map((char) => `${char}b`),
  ...SPECIAL.map((char) => `a${char} `),
  ...['true', 'No', 'on', 'y', 'null', '~', '123', '1_000', '1e3', '1.5', '.5', '0x1F', '0o17', '0b1', '017', '1:30'],
  ...['.inf', '-.INF', '.nan', '2026-11-20', '2026-11-20T10:00:00Z', '=', '<<', '<< ', '+', '-', '.'],
  ...[
    ' a',
    'a ',
    '\ta',
    'a: b',
    'a #b',
    'a:',
    '- a',
    '? a',
    '---',
    '...',
    '--- a',
    'a\nb',
    'a\n\nb',
    '\na',
    'a\n',
    'a\n b',
  ],
];

describe('a key', () => {
  it.each(WAYS)('gives way to any other, byte for byte, where it is written %s', (_what, written, before, after) => {
    for (const eol of ['\n', '\r\n']) {
      const text = inEntry(written).replaceAll('\n', eol);
      expect(find(text).sites).toHaveLength(1);
      for (const fresh of KEYS) {
        const result = patched(text, fresh);
        expect([fresh, ...valuesIn(result)]).toEqual([fresh, `${before}${fresh}${after}`, `${before}${fresh}${after}`]);
        // What stands before the value and after it is the same, whatever became of the value.
        expect(result.startsWith(text.slice(0, text.indexOf('A:') + 3).trimEnd())).toBe(true);
        expect(result.endsWith(`${eol}      Z: last${eol}`)).toBe(true);
      }
    }
  });

  it.each(WAYS)('leaves every other byte as it was when the new one is as plain: %s', (_what, written) => {
    const key = /sk-live-old-0123456789|\\x73k-live-old-0123456789|sk-live-\\\n {8}old-0123456789/;
    for (const eol of ['\n', '\r\n']) {
      const text = inEntry(written);
      expect(patched(text.replaceAll('\n', eol))).toBe(text.replace(key, NEW).replaceAll('\n', eol));
    }
  });

  it.each([
    ['yes', '"yes"'],
    ['2026-11-20', '"2026-11-20"'],
    ['a: b', '"a: b"'],
    ['a"b', '"a\\"b"'],
    ['1e3', '"1e3"'],
    ['a:b', 'a:b'],
    ['a+b/c==', 'a+b/c=='],
    ['1e3abc', '1e3abc'],
  ])('is put into quotes when a reader would not take it for a text: %s', (fresh, written) => {
    expect(patched(inEntry(OLD), fresh)).toBe(inEntry(written));
  });

  it.each(['|', '|+', '>', '|2', '| # note'])('is changed beside a block without any text: %s', (header) => {
    const text = (key: string) => `mcpServers:\n  acme:\n    about: ${header}\n\n    env:\n      A: ${key}\n`;
    expect(patched(text(OLD), NEW)).toBe(text(NEW));
  });

  it('keeps the comment of a block that becomes a quoted text', () => {
    expect(patched(inEntry(`| # why\n        ${OLD}`), 'a\tb')).toBe(inEntry('"a\\tb\\n" # why'));
  });

  it('is written in lines where it has some, in a literal block', () => {
    expect(patched(inEntry(`|\n        ${OLD}`), 'BEGIN\nabc\nEND')).toBe(
      inEntry('|\n        BEGIN\n        abc\n        END'),
    );
  });

  it.each([
    ['flow collections', `mcpServers: {acme: {args: [--key, ${OLD}, '${OLD}', "${OLD}"], env: {A: ${OLD}}}}`, 4],
    ['JSON, which is YAML too', `{"mcpServers": {"acme": {"env": {"A":"${OLD}"}}}}`, 1],
    ['a list of servers', `mcpServers:\n- name: acme\n  env:\n    A: ${OLD}\n- name: other\n  args:\n  - ${OLD}\n`, 2],
    ['an explicit name', `mcpServers:\n  ? acme\n  : env:\n      ? A\n      : ${OLD}\n`, 1],
    ['a document with its marks', `%YAML 1.2\n--- # first\nmcpServers:\n  acme: {A: ${OLD}}\n...\n`, 1],
    ['a file with a byte order mark', `\ufeffmcpServers:\n  acme: {A: ${OLD}}\n`, 1],
    ['a file without a last line break', `mcpServers:\n  acme:\n    A: ${OLD}`, 1],
    ['a file with tabs between things', `mcpServers:\n  acme: {A: ${OLD}}\t# x\n  b:\tx\ty\t${OLD}\t\n`, 2],
    ['a file with blanks at its ends', `\n \nmcpServers:\n  acme: {A: ${OLD} } \n \n`, 1],
    ['a file with characters of several bytes', `# 你🔑é\né: 你\nmcpServers:\n  acme🔑: {A: é ${OLD} 你}\n`, 1],
  ])('is changed in %s', (_what, text, count) => {
    expect(find(text).sites).toHaveLength(count);
    expect(find(text).sites[0]?.server).toMatch(/^acme/);
    expect(patched(text)).toBe(text.replaceAll(OLD, NEW));
    for (const fresh of KEYS) {
      const [before, after] = [text, patched(text, fresh)].map((one) => JSON.stringify(load(one)));
      expect(after).toBe(before?.replaceAll(OLD, () => JSON.stringify(fresh).slice(1, -1)));
    }
  });

  it('is changed once, in its place, where aliases lead to it', () => {
    const text = `keys:\n  one: &one ${OLD}\nmcpServers:\n  a: {env: {A: *one, B: *one}}\n  b:\n    args: [--key, *one]\n`;
    const { sites } = find(text);
    expect(sites).toMatchObject([{ path: ['mcpServers', 'a', 'env', 'A'], server: 'a', place: 'env' }]);
    expect(patched(text, 'no')).toBe(text.replace(OLD, '"no"'));
  });

  it('is changed in what is merged into an entry, but not where the entry has its own', () => {
    const text = `base: &base\n  env: {A: ${OLD}}\n  url: ${OLD}\nmcpServers:\n  acme:\n    <<: *base\n    url: here\n`;
    const { sites, outside } = find(text);
    expect(sites).toMatchObject([{ path: ['mcpServers', 'acme', 'env', 'A'], server: 'acme', line: 2 }]);
    expect(outside).toEqual([{ where: 'outside-server-table', line: 3 }]);
    expect(patched(text)).toBe(text.replace(OLD, NEW));
  });

  it('is changed in the first of several merged objects that has the name', () => {
    const text = `a: &a {k: ${OLD}}\nb: &b {k: ${OLD}, l: ${OLD}}\nmcpServers:\n  acme: {<<: [*a, *b]}\n`;
    expect(find(text).sites.map(({ path, line }) => [path.at(-1), line])).toEqual([
      ['k', 1],
      ['l', 2],
    ]);
    expect(load(patched(text), { schema: YAML11_SCHEMA })).toMatchObject({ mcpServers: { acme: { k: NEW, l: NEW } } });
  });

  it('is changed under both of two equal names, of which readers take one or the other', () => {
    const text = `mcpServers:\n  acme: {A: ${OLD}, A: ${OLD}}\nmcpServers:\n  acme: {A: ${OLD}}\n`;
    expect(patched(text)).toBe(text.replaceAll(OLD, NEW));
  });

  it.each([
    ['settings', 'JSON in a string', `'{"apiKey":"${OLD}"}'`, 'json-escaped', `{"apiKey":${JSON.stringify(AWKWARD)}}`],
    ['url', 'a URL', `https://h.invalid/?k=${OLD}&x=1`, 'percent-encoded', null],
    ['command', 'a command line in a block', `>-\n      node srv.js\n      --key ${OLD}\n      -v`, 'plain', null],
    [
      'headers',
      'the Basic header',
      `Basic ${Buffer.from(`u:${OLD}`).toString('base64')}`,
      'base64',
      `Basic ${Buffer.from(`u:${AWKWARD}`).toString('base64')}`,
    ],
  ])('is written for its own reader under %s: %s', (name, _what, written, form, expected) => {
    const text = `mcpServers:\n  acme:\n    ${name}: ${written}\n`;
    expect(find(text).sites).toMatchObject([{ form }]);
    const result = load(patched(text, AWKWARD)) as { mcpServers: { acme: Record<string, string> } };
    const value = result.mcpServers.acme[name] ?? '';
    if (expected !== null) expect(value).toBe(expected);
    else if (form === 'percent-encoded') expect(new URL(value).searchParams.get('k')).toBe(AWKWARD);
    else expect(value).toBe(`node srv.js --key '${AWKWARD.replaceAll("'", "'\\''")}' -v`);
  });
});

describe('a key that is not in a server table', () => {
  it('is reported in a comment, wherever one can stand, and stays', () => {
    const text = `# ${OLD}\nmcpServers: # ${OLD}\n  # ${OLD}\n  acme:\n    A: | # ${OLD}\n      x\n    B: [a, # ${OLD}\n      b] # ${OLD}\n# ${OLD}\n`;
    const { sites, outside } = find(text);
    expect(sites).toEqual([]);
    expect(outside.map(({ where, line }) => `${where} ${line}`)).toEqual(
      [1, 2, 3, 5, 7, 8, 9].map((line) => `comment ${line}`),
    );
    expect(patched(text)).toBe(text);
  });

  it('is no comment behind a sign without a blank, nor in a text', () => {
    const text = `mcpServers:\n  acme:\n    A: "# ${OLD}"\n    B: |\n      # ${OLD}\n    C: x#${OLD}\n`;
    expect(find(text).sites).toHaveLength(3);
    expect(find(text).outside).toEqual([]);
  });

  it.each([
    ['another table', `other:\n  acme: {A: ${OLD}}\n`],
    ['a name', `mcpServers:\n  acme:\n    ${OLD}: x\n`],
    ['a name that an alias stands for', `mcpServers:\n  acme:\n    &k ${OLD}: *k\n`],
    ['a part of a name that an alias stands for', `mcpServers:\n  acme:\n    ? [&k ${OLD}]\n    : *k\n`],
    ['an object as a name', `mcpServers:\n  acme:\n    ? {a: ${OLD}}\n    : x\n`],
    [
      'a value of a tag that readers differ about',
      `mcpServers:\n  acme:\n    A: !secret ${OLD}\n    B: !!set {? ${OLD}}\n`,
    ],
  ])('is reported in %s, and stays', (_what, text) => {
    const { sites, outside } = find(text);
    expect(sites).toEqual([]);
    expect(outside.length).toBeGreaterThan(0);
    expect(outside.every(({ where }) => where === 'outside-server-table')).toBe(true);
  });

  it('is no match as a part of a longer token', () => {
    const text = inEntry(`x${OLD}`, `# ${OLD}9\n`);
    expect(find(text)).toMatchObject({ sites: [], outside: [] });
  });

  it('is reported and stays where it is a number to some reader', () => {
    const text = inEntry('123456789');
    const { sites, outside } = findSites(Buffer.from(text), 'yaml', searchFor('123456789'));
    expect(sites).toEqual([]);
    expect(outside).toEqual([{ where: 'outside-server-table', line: 4 }]);
  });
});
