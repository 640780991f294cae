import { parseJSON5 } from 'confbox/json5';
import { describe, expect, it, vi } from 'vitest';
import { json5 } from '../../main/configs/formats/json5.ts';
import type { Findings } from '../../main/configs/site.ts';
import { ConfigError } from '../../main/configs/snapshot.ts';
import { checkOf } from './format-under-test.ts';
import { FRESH_KEYS, rekeyed } from './parts.ts';
import { AWKWARD, find as findIn, NEW, OLD, searchFor } from './samples.ts';

/** It warns of line breaks of Unicode in strings. */
vi.spyOn(console, 'warn').mockImplementation(() => {});

const find = (text: string): Findings => findIn(text, searchFor(), 'json5');
const replaced = (text: string, fresh = NEW): string => rekeyed(text, fresh, 'json5', searchFor());
const pathsIn = (text: string): string[] => find(text).sites.map(({ path }) => path.join('/'));

/** A value in a whole file, with neighbors that must stay. */
const around = (value: string): string =>
  `// head\n{\n  model: 'o', /* "x" */\n\t"mcpServers": {acme: {env: {A: "é", 'KEY': ${value}, // tail\n }, },},\n x: .50e1,}`;

function keyIn(text: string): unknown {
  return parseJSON5<{ mcpServers: { acme: { env: { KEY: unknown } } } }>(text).mcpServers.acme.env.KEY;
}

/** Each way to write a text in JSON5: the key as it is written, what is written around it, and what that stands for. */
const WAYS: readonly [what: string, open: string, key: string, close: string, before: string, behind: string][] = [
  ['double quotes', '"', OLD, '"', '', ''],
  ['single quotes', "'", OLD, "'", '', ''],
  ['double quotes with more', `"it's \\"`, OLD, '\\" é🔑"', `it's "`, '" é🔑'],
  ['single quotes with more', `'it\\'s "`, OLD, `" \\\\ \t'`, `it's "`, '" \\ \t'],
  ['a key with escapes', '"', '\\x73\\u006b\\-l\\ive-old-0123456789', '"', '', ''],
  [
    'escapes of every kind',
    '"\\b\\f\\n\\r\\t\\v\\0 \\/\\A\\é\\🔑',
    OLD,
    '\\x7E\\ud83d\\udd11\\$"',
    '\b\f\n\r\t\v\0 /Aé🔑',
    '~🔑$',
  ],
  ['lines that go on', "'Hi \\\n", OLD, "\\\r\n, \\\rx\\\u2028'", 'Hi ', ', x'],
  ['a key that goes on', '"', 'sk-live-\\\r\nold-\\\n0123456789', '"', '', ''],
  ['line breaks of Unicode', '"\u2028\\u2029', OLD, '"', '\u2028\u2029', ''],
];

describe('a key in a JSON5 file', () => {
  it.each(WAYS)('is replaced in %s by any new key, and nothing else is', (_what, open, key, close, before, behind) => {
    const text = around(open + key + close);
    expect(keyIn(text)).toBe(before + OLD + behind);
    expect(replaced(text)).toBe(around(open + NEW + close));
    const [head = '', tail = ''] = text.split(key);
    for (const fresh of FRESH_KEYS) {
      const result = replaced(text, fresh);
      expect(keyIn(result)).toBe(before + fresh + behind);
      expect(result.startsWith(head) && result.endsWith(tail)).toBe(true);
    }
  });

  it('has a backslash only where it needs one', () => {
    expect(replaced(around(`'${OLD}'`), 'a"b\'c\\d\n/é')).toBe(around(`'a"b\\'c\\\\d\\n/é'`));
    expect(replaced(around(`"${OLD}"`), 'a"b\'c\u2028\u0001\u007f')).toBe(around(`"a\\"b'c\\u2028\\u0001\\u007f"`));
  });

  it('is found under every way to write a name', () => {
    const ways: [text: string, path: string][] = [
      [`{mcpServers:{a:{env:{K:"${OLD}"}}}}`, 'mcpServers/a/env/K'],
      [`{'mcpServers':{"a":{'env':{$K_1:'${OLD}',},},},}`, 'mcpServers/a/env/$K_1'],
      [`{\\u006dcpServers:{a:{'\\x65nv':{é:"${OLD}"}}}}`, 'mcpServers/a/env/é'],
      [`{mcpServers:{NaN:{Infinity:["${OLD}"]}}}`, 'mcpServers/NaN/Infinity/0'],
      [`{mcpServers:{__proto__:{constructor:"${OLD}"}}}`, 'mcpServers/__proto__/constructor'],
      [`{mcpServers:{'s':{"":[1,NaN,[null,'${OLD}',],],}}}`, 'mcpServers/s//2/1'],
    ];
    for (const [text, path] of ways) {
      expect(pathsIn(text)).toEqual([path]);
      expect(replaced(text, AWKWARD)).not.toContain(OLD);
    }
  });

  it('is found in a list of servers, which are known by their names', () => {
    const text = `{servers:[{name:'one',k:'${OLD}'},\n{k:"${OLD}",id:"two"},{k:"${OLD}"}]}`;
    expect(find(text).sites.map(({ server, line }) => [server, line])).toEqual([
      ['one', 1],
      ['two', 2],
      ['2', 2],
    ]);
    expect(replaced(text)).toBe(text.replaceAll(OLD, NEW));
  });

  it('is written through all notations that it stands in', () => {
    const basic = (text: string): string => Buffer.from(text).toString('base64');
    const args = [
      `'--config={"key":"${OLD}"}'`,
      `"{\\"key\\":\\"${OLD}\\"}"`,
      `'https://h.invalid/?k=${OLD}&x=1'`,
      `'Authorization: Basic ${basic(`u:${OLD}`)}'`,
      `"-c"`,
      `'curl -H "X: ${OLD}"'`,
    ];
    const result = replaced(`{mcpServers:{a:{args:[${args.join(',')}]}}}`, AWKWARD);
    const read = parseJSON5<{ mcpServers: { a: { args: string[] } } }>(result).mcpServers.a.args;
    expect(JSON.parse(read[0]?.replace('--config=', '') ?? '')).toEqual({ key: AWKWARD });
    expect(JSON.parse(read[1] ?? '')).toEqual({ key: AWKWARD });
    expect(new URL(read[2] ?? '').searchParams.get('k')).toBe(AWKWARD);
    expect(read[3]).toBe(`Authorization: Basic ${basic(`u:${AWKWARD}`)}`);
    expect(read[5]).toBe(`curl -H "X: ${AWKWARD.replace(/["\\$`]/g, '\\$&')}"`);
  });

  it('is replaced at every site of a file with CRLF, tabs, a BOM and no line break at the end', () => {
    const text = `\ufeff{\r\n\tmcpServers\t:\t{é:['${OLD}',\r\n"${OLD}"],\r\n/* ' */ b:{c:"${OLD}"}}}// x\\`;
    expect(replaced(text)).toBe(text.replaceAll(OLD, NEW));
    expect(find(text).sites).toHaveLength(3);
  });

  it('is found behind any number of comments', () => {
    const text = `${'// c\n/* d */'.repeat(30_000)}{mcpServers:{a:{b:"${OLD}"}}}`;
    expect(replaced(text)).toBe(text.replace(OLD, NEW));
  });
});

describe('a key that is not to be changed', () => {
  it('is reported in a comment and outside of the tables', () => {
    const text = `// ${OLD}\n{x:"${OLD}",/* é\n${OLD} */mcpServers:{a:{b:[\n// ${OLD}\n]}},\n mcpServers2:{a:'${OLD}'}}`;
    expect(find(text)).toMatchObject({
      sites: [],
      outside: [
        { where: 'comment', line: 1 },
        { where: 'outside-server-table', line: 2 },
        { where: 'comment', line: 3 },
        { where: 'comment', line: 4 },
        { where: 'outside-server-table', line: 6 },
      ],
    });
    expect(replaced(text)).toBe(text);
  });

  it.each([`"x${OLD}"`, `'${OLD}-x'`, `"\\x41${OLD}"`, `"x\\\n${OLD}"`])('is a part of a longer token: %j', (value) => {
    expect(pathsIn(around(value))).toEqual([]);
  });

  it('is in nothing: a blank file has no sites, and comments', () => {
    for (const text of ['', '\n', '\ufeff', ' // c', '/* c */']) expect(find(text).sites).toEqual([]);
    expect(find(`/* ${OLD} */`).outside).toEqual([{ where: 'comment', line: 1 }]);
    expect(replaced(`// ${OLD}`)).toBe(`// ${OLD}`);
  });
});

describe('a broken JSON5 file', () => {
  const inTable = (value: string): string => `{mcpServers:{a:{b:${value}}}}`;

  it.each([
    ['an open string', `{mcpServers:{a:{b:"${OLD}`],
    ['one that ends with a backslash', `{mcpServers:{a:{b:"${OLD}\\`],
    ['an open comment', `{mcpServers:{a:{b:"${OLD}"}}} /* *`],
    ['an open object', `{mcpServers:{a:{b:"${OLD}"`],
    ['a line break in a string', inTable(`"${OLD}\n"`)],
    ['a carriage return in a string', inTable(`'${OLD}\r'`)],
    ['an escape of a digit', inTable(`"\\1 ${OLD}"`)],
    ['a zero before a digit', inTable(`"\\01 ${OLD}"`)],
    ['an x without a number', inTable(`"\\xg0 ${OLD}"`)],
    ['a u without a number', inTable(`"\\u00g0 ${OLD}"`)],
    ['a line break in a name', `{"mcp\nServers":1,${inTable(`"${OLD}"`).slice(1)}`],
    ['a number for a name', `{.5:1,${inTable(`"${OLD}"`).slice(1)}`],
    ['a joiner for a name', `{\u200cx:1,${inTable(`"${OLD}"`).slice(1)}`],
    ['a comment that ends at a line break of Unicode', `// c\u2028x\n${inTable(`"${OLD}"`)}`],
    ['two commas', inTable(`["${OLD}",,]`)],
    ['a word', inTable(`[word,"${OLD}"]`)],
    ['something behind the end', `${inTable(`"${OLD}"`)} 1`],
    ['what `momoa` does not know: a signed fraction', inTable(`[-.5,"${OLD}"]`)],
    ['what `momoa` does not know: a word as a name', `{true:1,${inTable(`"${OLD}"`).slice(1)}`],
  ])('is told with its line, without its text: %s', (_what, text) => {
    let thrown: unknown;
    try {
      find(text);
    } catch (error) {
      thrown = error;
    }
    if (!(thrown instanceof ConfigError)) throw new Error('it was not refused');
    expect(thrown.code).toBe('file-not-parsable');
    expect(thrown.message).toMatch(/\(line [12], column \d+\)/);
    expect(thrown.message).not.toMatch(/sk-live|word/);
  });

  it('is told where it is broken', () => {
    expect(() => find('\ufeff{\n  é: "x",\n  y: ]\n}')).toThrow(/\(line 3, column 6\)/);
  });

  it('is refused where it is too deep or too large for a tree', () => {
    const deep = (open: string, close: string): string => inTable(open.repeat(10_000) + close.repeat(10_000));
    for (const text of [deep('[', ']'), deep('{a:[', ']}'), `[${'1,'.repeat(10_000_000)}]`]) {
      expect(() => find(text)).toThrow(ConfigError);
    }
  });

  it('is not changed where a later member of the same name hides the key', () => {
    const hidden = `{mcpServers:{a:{env:{K:"${OLD}"}},a:{env:{K:"other"}}}}`;
    expect(pathsIn(hidden)).toEqual(['mcpServers/a/env/K']);
    expect(() => replaced(hidden)).toThrow(ConfigError);
    const same = `{mcpServers:{a:{env:{K:"${OLD}"}},a:{env:{K:'${OLD}'}}}}`;
    expect(replaced(same)).toBe(same.replaceAll(OLD, NEW));
  });
});

describe('the check of a changed JSON5 file', () => {
  const { isSame, isWhole } = checkOf(json5, ['a', 0, 'b']);

  it('takes just the meant change', () => {
    expect(isSame('{a:[{b:"x"}],c:NaN}', "{a:[{b:'y'}],c:NaN}")).toBe(true);
    expect(isSame('{a:[{b:"x"}]}', '{a:[{b:"z"}]}')).toBe(false);
    expect(isSame('{a:[{b:"w"}]}', '{a:[{b:"y"}]}')).toBe(false);
    expect(isSame('{a:[{b:"x"}]}', '{a:[{b:"x"}]}')).toBe(false);
    expect(isSame('{c:1}', '{c:1}')).toBe(false);
    for (const [before, after] of [
      ['c:"x"', 'c:"y"'],
      ['c:0', 'c:-0'],
      ['c:1', 'd:1'],
      ['c:1,d:1', 'd:1,c:1'],
      ['c:[]', 'c:{}'],
      ['c:null', 'c:{}'],
      ['c:1', 'c:'],
    ]) {
      expect(isSame(`{a:[{b:"x"}],${before}}`, `{a:[{b:"y"}],${after}}`)).toBe(false);
    }
  });

  it('takes a string for whole only with its own quotes', () => {
    expect(isWhole('"a"', 1, 2, 'double')).toBe(true);
    expect(isWhole("'a'", 1, 2, 'double')).toBe(false);
    expect(isWhole("'a\"'", 1, 3, 'single')).toBe(true);
    expect(isWhole('"a"b"', 1, 4, 'double')).toBe(false);
    expect(isWhole('"a\\"', 1, 3, 'double')).toBe(false);
    expect(isWhole('"a"', 1, 2, 'string')).toBe(false);
  });
});
