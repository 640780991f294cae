import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { toml } from '../../main/configs/formats/toml.ts';
import type { Findings } from '../../main/configs/site.ts';
import { ConfigError } from '../../main/configs/snapshot.ts';
import { checkOf } from './format-under-test.ts';
import { FRESH_KEYS, rekeyed } from './parts.ts';
import { AWKWARD, find as findIn, NEW, OLD, searchFor } from './samples.ts';

const CODEX = searchFor(OLD, { tables: [['mcp_servers'], ['profiles', '*', 'mcp_servers']] });

const find = (text: string): Findings => findIn(text, CODEX, 'toml');
const replaced = (text: string, fresh = NEW): string => rekeyed(text, fresh, 'toml', CODEX);
const pathsIn = (text: string): string[] => find(text).sites.map(({ path }) => path.join('/'));

/** A value in a whole file, with neighbors that must stay. */
const around = (value: string): string =>
  `# head\nmodel = "o" # 'x'\n\n[mcp_servers.acme]\ncommand = 'node'\nenv = { A = "é", KEY = ${value} } # tail\n\n[tui]\nx = 1.50`;

function keyIn(text: string): unknown {
  const read = parse(text) as { mcp_servers: { acme: { env: { KEY: unknown } } } };
  return read.mcp_servers.acme.env.KEY;
}

/** Each way to write a text in TOML: the key as it is written, what is written around it, and what that stands for. */
const WAYS: readonly [what: string, open: string, key: string, close: string, before: string, behind: string][] = [
  ['a basic string', '"', OLD, '"', '', ''],
  ['a basic string with more', '"Bearer ', OLD, ', #\\"x\\" \\\\ é🔑"', 'Bearer ', ', #"x" \\ é🔑'],
  ['a key with escapes', '"', '\\u0073k\\U0000002Dlive-old-0123456789', '"', '', ''],
  ['escapes of TOML 1.1', '"\\e', '\\x73k-live-old-0123456789', ' \\xe9"', '\u001b', ' é'],
  ['a multi-line basic string', '"""', OLD, '"""', '', ''],
  ['one that begins on the next line', '"""\n', OLD, '\n"""', '', '\n'],
  ['one with quotes at its ends', '""""', OLD, '"""""', '"', '""'],
  ['one with backslashes at the ends of lines', '"""\\\n  Hi \\ \t\n\n  ', OLD, '\\\n   , x"""', 'Hi ', ', x'],
  ['one with such a backslash within the key', '"""', 'sk-live-\\\n    old-0123456789', '"""', '', ''],
  ['a literal string', "'", OLD, "'", '', ''],
  ['a literal string with more', `'C:\\x "`, OLD, `" \\u0041'`, 'C:\\x "', '" \\u0041'],
  ['a multi-line literal string', "'''", OLD, "'''", '', ''],
  ['one with quotes and backslashes', `'''\n it's \\ `, OLD, ` ''x'''''`, " it's \\ ", " ''x''"],
];

describe('a key in a TOML file', () => {
  it.each(WAYS)('is replaced in %s by any new key, and nothing else is', (_what, open, key, close, before, behind) => {
    const text = around(open + key + close);
    expect(keyIn(text)).toBe(before + OLD + behind);
    expect(replaced(text)).toBe(around(open + NEW + close));
    const [head = '', tail = ''] = text.split(open + key + close);
    for (const fresh of FRESH_KEYS) {
      const result = replaced(text, fresh);
      expect(keyIn(result)).toBe(before + fresh + behind);
      expect(result.startsWith(head) && result.endsWith(tail)).toBe(true);
    }
  });

  it.each([
    ["'K'", 'a"b\\c', `'a"b\\c'`],
    ["'K'", "a'b", `"a'b"`],
    ["'\\ \"K'", 'a\nb', `"\\\\ \\"a\\nb"`],
    ["'''K'''", "a'b", "'''a'b'''"],
    ["'''K'''", "'b", `"'b"`],
    ["'''K'''", 'a\nb', '"a\\nb"'],
    ["'''\n \\ K\n'''", "'", `"""\n \\\\ '\n"""`],
    ["'''a\nK\n'''", '\r', '"""a\n\\r\n"""'],
    ['"K"', 'a"\n\u007f', '"a\\"\\n\\u007F"'],
    ['"""\nK"""', '"""', '"""\n\\"\\"\\""""'],
    ['"""\\\n  K"""', ' a', '"""\\\n  \\u0020a"""'],
  ])('keeps its style where that holds the new one: %j with %j is %j', (value, fresh, expected) => {
    expect(replaced(around(value.replace('K', OLD)), fresh)).toBe(around(expected));
  });

  it('stays where readers would make different texts of the line breaks around a new one', () => {
    const text = `[mcp_servers.a]\r\nx = '''one\r\n${OLD}'''\r\n`;
    expect(replaced(text, "'s")).toBe(`[mcp_servers.a]\r\nx = """one\r\n's"""\r\n`);
    expect(() => replaced(text, 'a\nb')).toThrow(ConfigError);
  });

  it('is found wherever a table may be written', () => {
    const ways: [text: string, path: string][] = [
      [`mcp_servers.acme.env.K = "${OLD}"`, 'mcp_servers/acme/env/K'],
      [`mcp_servers = { acme = { args = ["-k", '${OLD}'] } }`, 'mcp_servers/acme/args/1'],
      [`[mcp_servers]\nacme.env."K.1" = "${OLD}"`, 'mcp_servers/acme/env/K.1'],
      [`[ "mcp_servers" . 'a b'.env ]\n"\\u004b" = "${OLD}"`, 'mcp_servers/a b/env/K'],
      [`[mcp_servers.acme]\n[other]\n[mcp_servers.acme.env]\nK = "${OLD}"`, 'mcp_servers/acme/env/K'],
      [`[profiles.p1.mcp_servers.acme.http_headers]\nK = "${OLD}"`, 'profiles/p1/mcp_servers/acme/http_headers/K'],
      [`[mcp_servers.acme]\nargs = [\n  [1, "${OLD}"], # c\n]`, 'mcp_servers/acme/args/0/1'],
      [`[mcp_servers.__proto__]\nconstructor = "${OLD}"`, 'mcp_servers/__proto__/constructor'],
    ];
    for (const [text, path] of ways) {
      expect(pathsIn(text)).toEqual([path]);
      expect(replaced(text, AWKWARD)).not.toContain(OLD);
    }
  });

  it('is found in a list of servers, which are known by their names', () => {
    const server = (name: string): string => `[[mcp_servers]]\nname = "${name}"\n[mcp_servers.env]\nK = '${OLD}'\n`;
    const text = server('one') + server('two');
    const { sites, servers } = find(text);
    expect(servers).toEqual(['one', 'two']);
    expect(sites.map(({ server, line }) => [server, line])).toEqual([
      ['one', 4],
      ['two', 8],
    ]);
    expect(replaced(text)).toBe(text.replaceAll(OLD, NEW));
  });

  it('tells its server, its place and its line', () => {
    const [site] = find(`\ufeff[mcp_servers.acme.env]\r\nKEY = """\\\r\n  ${OLD}"""`).sites;
    expect(site).toMatchObject({ server: 'acme', place: 'env', form: 'plain', line: 3 });
  });

  it('is written through all notations that it stands in', () => {
    const entry = (values: readonly string[]): string => `[mcp_servers.a]\nargs = [${values.join(', ')}]\n`;
    const basic = (text: string): string => Buffer.from(text).toString('base64');
    const result = replaced(
      entry([
        `'--config={"key":"${OLD}"}'`,
        `"{\\"key\\":\\"${OLD}\\"}"`,
        `'https://h.invalid/?k=${OLD}&x=1'`,
        `"Authorization: Basic ${basic(`u:${OLD}`)}"`,
        `"-c"`,
        `'curl -H "X: ${OLD}"'`,
      ]),
      AWKWARD,
    );
    const { args } = (parse(result) as { mcp_servers: { a: { args: string[] } } }).mcp_servers.a;
    expect(JSON.parse(args[0]?.replace('--config=', '') ?? '')).toEqual({ key: AWKWARD });
    expect(JSON.parse(args[1] ?? '')).toEqual({ key: AWKWARD });
    expect(new URL(args[2] ?? '').searchParams.get('k')).toBe(AWKWARD);
    expect(args[3]).toBe(`Authorization: Basic ${basic(`u:${AWKWARD}`)}`);
    expect(args[5]).toBe(`curl -H "X: ${AWKWARD.replace(/["\\$`]/g, '\\$&')}"`);
  });

  it('is replaced at every site of a file with CRLF, tabs, a BOM and no line break at the end', () => {
    const text = `\ufeff\t[mcp_servers.a]\r\n\tx\t=\t"${OLD}"\r\n\ty = ["${OLD}",\r\n'${OLD}']\r\nz = '''${OLD}'''`;
    expect(replaced(text)).toBe(text.replaceAll(OLD, NEW));
    expect(find(text).sites).toHaveLength(4);
  });
});

describe('a key that is not to be changed', () => {
  it('is reported in a comment and outside of the tables', () => {
    const text = `# ${OLD}\nx = "${OLD}"\n[mcp_servers.a] # é ${OLD}\nb = [ # ${OLD}\n]\n[mcp_servers2.a]\nb = "${OLD}"\n`;
    expect(find(text)).toMatchObject({
      sites: [],
      outside: [
        { where: 'comment', line: 1 },
        { where: 'outside-server-table', line: 2 },
        { where: 'comment', line: 3 },
        { where: 'comment', line: 4 },
        { where: 'outside-server-table', line: 7 },
      ],
    });
    expect(replaced(text)).toBe(text);
  });

  it('is reported as a name', () => {
    const text = `[mcp_servers."${OLD}"]\n${OLD} = 1\n`;
    expect(find(text).outside).toHaveLength(2);
    expect(replaced(text)).toBe(text);
  });

  it.each([`"x${OLD}"`, `"${OLD}-x"`, `"\\u0041${OLD}"`, `"""x\\\n ${OLD}"""`])(
    'is a part of a longer token: %j',
    (value) => {
      expect(pathsIn(around(value))).toEqual([]);
    },
  );

  it('is in nothing: a blank file has no sites', () => {
    for (const text of ['', '\n', '\ufeff', '# c']) expect(find(text).sites).toEqual([]);
  });
});

describe('a broken TOML file', () => {
  it.each([
    ['an open string', `[mcp_servers.a]\nb = "${OLD}`, 2],
    ['an open multi-line string', `[mcp_servers.a]\nb = """${OLD}""`, 2],
    ['a line break in a string', `[mcp_servers.a]\nb = "${OLD}\n"`, 2],
    ['a bare carriage return', `[mcp_servers.a]\nb = "${OLD}"\rc = 1`, 2],
    ['one in a comment', `# c\r[mcp_servers.a]\nb = "${OLD}"`, 1],
    ['an escape that there is not', `[mcp_servers.a]\nb = "\\q${OLD}"`, 2],
    ['half a character', `[mcp_servers.a]\nb = "\\ud800 ${OLD}"`, 2],
    ['no value', `[mcp_servers.a]\nb =\nc = "${OLD}"`, 3],
    ['a name given twice', `[mcp_servers.a]\nb = "${OLD}"\nb = 1`, 3],
    ['a table given twice', `[mcp_servers.a]\nb = "${OLD}"\n[mcp_servers.a]`, 3],
    ['a value and a table of one name', `mcp_servers = 1\n[mcp_servers.a]\nb = "${OLD}"`, 2],
    ['a bare name with other letters', `[mcp_servers.é]\nb = "${OLD}"`, 1],
    ['a control character', `[mcp_servers.a]\nb = "\u0001${OLD}"`, 2],
  ])('is told with its line, without its text: %s', (_what, text, line) => {
    let thrown: unknown;
    try {
      find(text);
    } catch (error) {
      thrown = error;
    }
    if (!(thrown instanceof ConfigError)) throw new Error('it was not refused');
    expect(thrown.code).toBe('file-not-parsable');
    expect(thrown.message).toContain(`(line ${line}, column `);
    expect(thrown.message).not.toMatch(/sk-live|d800/);
  });

  it('is refused where it is too deep or too large for a tree', () => {
    const deep = (open: string, close: string): string => `a = ${open.repeat(10_000)}1${close.repeat(10_000)}`;
    const others = [
      `a = "${'x'.repeat(500_000)}"`,
      `mcp_servers${'.a'.repeat(100_000)} = 1`,
      'a = 1 # c\n'.repeat(2_000_000),
    ];
    for (const text of [deep('[', ']'), deep('{a=', '}'), ...others]) expect(() => find(text)).toThrow(ConfigError);
  });

  it('is not changed where only one of the two readers takes it', () => {
    const text = `a = 2021-02-30\n[mcp_servers.a]\nb = "${OLD}"`;
    expect(() => replaced(text)).toThrow(ConfigError);
  });
});

describe('the check of a changed TOML file', () => {
  const { isSame, isWhole } = checkOf(toml, ['a', 0, 'b']);

  it('takes just the meant change', () => {
    expect(isSame('a = [{b = "x"}]\nc = 1979-05-27', "a = [{b = 'y'}]\nc = 1979-05-27")).toBe(true);
    expect(isSame('a = [{b = "x"}]', 'a = [{b = "z"}]')).toBe(false);
    expect(isSame('a = [{b = "w"}]', 'a = [{b = "y"}]')).toBe(false);
    expect(isSame('a = [{b = "x"}]', 'a = [{b = "x"}]')).toBe(false);
    expect(isSame('c = 1', 'c = 1')).toBe(false);
    for (const [before, after] of [
      ['c = "x"', 'c = "y"'],
      ['c = 1', 'c = 2'],
      ['c = 1979-05-27', 'c = 1979-05-28'],
      ['c = 1', 'd = 1'],
      ['c = []', 'c = {}'],
      ['c = 1', 'c = 1.0'],
      ['c = 1', 'c = '],
    ]) {
      expect(isSame(`a = [{b = "x"}]\n${before}`, `a = [{b = "y"}]\n${after}`)).toBe(false);
    }
  });

  it('takes a string for whole only with its own quotes', () => {
    expect(isWhole('"a"', 1, 2, 'basic')).toBe(true);
    expect(isWhole("'a'", 1, 2, 'basic')).toBe(false);
    expect(isWhole('"""a"""', 3, 4, 'multi-line basic')).toBe(true);
    expect(isWhole('"""a"""', 3, 4, 'basic')).toBe(false);
    expect(isWhole('"a"b"', 1, 4, 'basic')).toBe(false);
    expect(isWhole('"a\\"', 1, 3, 'basic')).toBe(false);
    expect(isWhole('"a"', 1, 2, 'plain')).toBe(false);
  });
});
