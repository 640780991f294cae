import { parse } from 'dotenv';
import { describe, expect, it } from 'vitest';
import { dotenv } from '../../main/configs/formats/dotenv.ts';
import type { Findings } from '../../main/configs/site.ts';
import { ConfigError } from '../../main/configs/snapshot.ts';
import { checkOf } from './format-under-test.ts';
import { rekeyed } from './parts.ts';
import { AWKWARD, find as findIn, NEW, OLD, searchFor } from './samples.ts';

const VARIABLES = searchFor(OLD, { tables: [[]] });

const find = (text: string): Findings => findIn(text, VARIABLES, 'dotenv');
const replaced = (text: string, fresh = NEW): string => rekeyed(text, fresh, 'dotenv', VARIABLES);
const pathsIn = (text: string): string[] => find(text).sites.map(({ path }) => path.join('/'));

/** A value in a whole file, with neighbors that must stay. */
const around = (value: string): string => `# head\nexport A='é'\r\n\n  KEY=${value} # tail\nB="x\ny"`;

/** Each way to write a value: what is written around the key, and what stands around it for a reader. */
const WAYS: readonly [what: string, open: string, close: string, before: string, behind: string][] = [
  ['a plain value', '', '', '', ''],
  ['a plain value with more', 'k=', '/é', 'k=', '/é'],
  ['single quotes', "'", "'", '', ''],
  ['single quotes with more', `' a#"\``, ` \n{b} '`, ` a#"\``, ` \n{b} `],
  ['double quotes', '"', '"', '', ''],
  ['double quotes with more', `" a#'`, ` \r\n*b "`, ` a#'`, ` \n*b `],
];
/** Where readers get different texts for a part of the value, or a shell would take it for something else. */
const UNCERTAIN: readonly [what: string, open: string, close: string][] = [
  ['a variable', '"', ' $HOME"'],
  ['a variable without quotes', '$HOME/', ''],
  ['a variable in single quotes', "'", " ${HOME}'"],
  ['an escape', '"', '\\n"'],
  ['quotes in quotes', '"{\\"k\\":\\"', '\\"}"'],
  ['quotes in a plain value', 'a"b ', ''],
  ['backticks', '`', '`'],
  ['a backslash', 'C:\\', '\\'],
];
const IN_QUOTES = [...'#:\n\té你🔑{}[],&*!|>%@='].concat(' a', 'a ', '  ', 'true', 'null', '123', '~', 'a b#c', '(x)');
const ONE_KIND = ["'", "it's"];
const SINGLE_ONLY = ['"', '$', '$a', '`', '\\a', '"\\"'];
const NOWHERE = [AWKWARD, `'"`, "'$", '${A}', '\\\\', '\r', '\0', '\u0001', '\u0085', '\u2028'];

describe('a key in an .env file', () => {
  it.each(WAYS)(
    'is replaced in %s by any key that can be quoted, and nothing else is',
    (_what, open, close, before, behind) => {
      const text = around(open + OLD + close);
      expect(parse(text)).toMatchObject({ KEY: before + OLD + behind });
      expect(replaced(text)).toBe(around(open + NEW + close));
      const [head = '', tail = ''] = text.split(open + OLD + close);
      const others = [before, behind].join('');
      for (const fresh of [
        ...IN_QUOTES,
        ...(others.includes('"') ? [] : ONE_KIND),
        ...(others.includes("'") ? [] : SINGLE_ONLY),
      ]) {
        const result = replaced(text, fresh);
        expect(parse(result)).toEqual({ A: 'é', KEY: before + fresh + behind, B: 'x\ny' });
        expect(result.startsWith(head) && result.endsWith(tail)).toBe(true);
      }
    },
  );

  it.each([
    ['K', 'a#b', "'a#b'"],
    ['K', "a'b", `"a'b"`],
    ['Bearer K', 'a b', "'Bearer a b'"],
    ["'K'", '"$a\\b', `'"$a\\b'`],
    ["'K'", "a'b", `"a'b"`],
    ['"K"', "a'b c", `"a'b c"`],
    ['"K"', 'a"b', `'a"b'`],
  ])('keeps its style where that holds the new one: %s with %s is %s', (value, fresh, expected) => {
    expect(replaced(around(value.replace('K', OLD)), fresh)).toBe(around(expected));
  });

  it('stays where no way to write the new one is read alike by all readers', () => {
    for (const [, open, close] of WAYS) {
      for (const fresh of NOWHERE) {
        expect(() => replaced(around(open + OLD + close), fresh)).toThrow('no way to write the new key');
      }
    }
  });

  it.each([
    ["'K'", 'a\\'],
    ["'K{a}'", '$'],
    ["'$K'", '{'],
    ['"$K"', '{'],
    ['"\\K"', 'n'],
  ])('stays where it would make something else of what stands beside it: %s with %s', (value, fresh) => {
    expect(() => replaced(around(value.replace('K', OLD)), fresh)).toThrow('no way to write the new key');
  });

  it.each(UNCERTAIN)('is replaced beside %s only by one that needs no quotes', (_what, open, close) => {
    const text = around(open + OLD + close);
    expect(replaced(text)).toBe(around(open + NEW + close));
    for (const fresh of ['a b', 'a#b', '$a', "'", '"']) expect(() => replaced(text, fresh)).toThrow(ConfigError);
  });

  it('is a variable, with its name and its line', () => {
    const { sites, servers } = find(`\ufeff\n export ACME_API_KEY = "${OLD}"\nB=${OLD}`);
    expect(sites).toMatchObject([
      { server: 'ACME_API_KEY', place: 'env', form: 'plain', path: ['ACME_API_KEY'], line: 2 },
      { server: 'B', place: 'env', form: 'plain', path: ['B'], line: 3 },
    ]);
    expect(servers).toEqual(['ACME_API_KEY', 'B']);
    expect(find('ACME_API_KEY=another').otherKeys).toMatchObject([{ name: 'ACME_API_KEY', line: 1 }]);
    expect(find('ACME_API_KEY=${HERS}').references).toMatchObject([{ name: 'ACME_API_KEY' }]);
  });

  it('is replaced under each name that is given twice, and in a file with CRLF, tabs and no line break at the end', () => {
    const text = `\ufeffA=${OLD}\r\n\tA\t=\t'x ${OLD}'\t# c\r\nexport A="${OLD}\r\n${OLD}"\r\nA=${OLD}`;
    expect(find(text).sites).toHaveLength(5);
    expect(replaced(text)).toBe(text.replaceAll(OLD, NEW));
  });

  it('is written through all notations that it stands in', () => {
    const basic = (text: string): string => Buffer.from(text).toString('base64');
    const text = `A='{"key":"${OLD}"}'\nB=https://h.invalid/?k=${OLD}\nC="Basic ${basic(`u:${OLD}`)}"\n`;
    const fresh = 'a b#é&\n';
    const read = parse(replaced(text, fresh));
    expect(JSON.parse(read.A ?? '')).toEqual({ key: fresh });
    expect(new URL(read.B ?? '').searchParams.get('k')).toBe(fresh);
    expect(read.C).toBe(`Basic ${basic(`u:${fresh}`)}`);
  });

  it('is one for a whole file of a provider too', () => {
    const search = searchFor(OLD, { tables: 'everything' });
    const text = `A=${OLD}\nB='${OLD}'`;
    expect(findIn(text, search, 'dotenv').sites).toMatchObject([{ place: 'env', server: null }, { place: 'env' }]);
    expect(rekeyed(text, 'a b', 'dotenv', search)).toBe("A='a b'\nB='a b'");
  });
});

describe('a key that is not to be changed', () => {
  it('is reported in a comment', () => {
    const text = `# ${OLD}\nA=1 # ${OLD}\n  #A='${OLD}\nB="x" # ${OLD}\r\n`;
    expect(find(text)).toMatchObject({ sites: [], outside: [1, 2, 3, 4].map((line) => ({ where: 'comment', line })) });
    expect(replaced(text)).toBe(text);
  });

  it.each([
    `A: ${OLD}`,
    `A=${OLD}#x`,
    `A=#${OLD}`,
    `A= # ${OLD}`,
    `A="${OLD}".`,
    `A='${OLD}'#x`,
    `A+=${OLD}`,
    `echo ${OLD}`,
    `[${OLD}]`,
    `${OLD}=1`,
  ])('is reported where readers differ on the line: %s', (line) => {
    const text = `B=1\n${line}\nC=${OLD}`;
    expect(find(text)).toMatchObject({
      sites: [{ server: 'C' }],
      outside: [{ where: 'outside-server-table', line: 2 }],
    });
    expect(replaced(text)).toBe(`B=1\n${line}\nC=${NEW}`);
  });

  it.each([`x${OLD}`, `${OLD}-x`, `"${OLD}_"`])('is a part of a longer token: %s', (value) => {
    expect(pathsIn(around(value))).toEqual([]);
  });

  it('is in nothing: a blank file has no sites, and one without tables neither', () => {
    for (const text of ['', '\n', '\ufeff', '# c']) expect(find(text).sites).toEqual([]);
    const { sites, outside } = findIn(`A=${OLD}`, searchFor(OLD, { tables: [] }), 'dotenv');
    expect([sites, outside]).toEqual([[], [{ where: 'outside-server-table', line: 1 }]]);
  });
});

describe('an .env file of which readers see different parts', () => {
  it.each([
    ['quotes that are not closed', `A=1\nB="${OLD}\nC=2`, 2],
    ['single ones', `A='${OLD}`, 1],
    ['backticks', `A=1\n\nB=\`${OLD}`, 3],
    ['an escaped quote in single quotes', `A='\\'${OLD}'`, 1],
    ['a backslash at the end', `A='${OLD}\\'`, 1],
    ['two of them', `A="${OLD}\\\\"`, 1],
    ['a quote behind the value', `A='x'"\nB=${OLD}`, 1],
    ['a quote in another line', `A=1\necho "\nB=${OLD}`, 2],
    ['a bare carriage return', `A=1\n# a\rB=${OLD}`, 2],
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
    expect(thrown.message).not.toMatch(/sk-live/);
  });

  it('is not changed where dotenv reads a value otherwise than it is written', () => {
    for (const text of [`A=${OLD}\u00a0`, `__proto__=${OLD}`]) expect(() => replaced(text)).toThrow(ConfigError);
  });

  it('is changed where dotenv takes a line for another value that is passed over here', () => {
    for (const text of [`A="x"\nA=#\nB=${OLD}`, `A=\n"x"\nB=${OLD}`, `A=${OLD}\nA: ${NEW}`]) {
      expect(replaced(text)).toBe(text.replace(OLD, NEW));
    }
  });

  it('is refused beyond two megabytes', () => {
    expect(() => find(`A=${OLD}\n${'#'.repeat(2_000_000)}`)).toThrow('more than 2 MB');
  });

  it('is read or refused, whatever is in it, at a cost that its length does not square', () => {
    for (const unit of ['\n', ' ', 'a', '#', "A=''\n", 'A="" ', 'A="\\" ', "'", '\\']) {
      const bytes = Buffer.from(`A="${OLD}"\n${unit.repeat(200_000 / unit.length)}`);
      try {
        replaced(bytes.toString());
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
      }
    }
  });
});

describe('the check of a changed .env file', () => {
  const { isSame, isWhole } = checkOf(dotenv, ['A']);

  it('takes just the meant change', () => {
    expect(isSame('A=x\nB=1', 'A="y"\nB=1')).toBe(true);
    expect(isSame('A=x\nA=1', 'A=y\nA=1')).toBe(true);
    expect(isSame('A=1\nA=x', 'A=1\nA=y')).toBe(true);
    for (const [before, after] of [
      ['A=x', 'A=x'],
      ['A=x', 'A=z'],
      ['A=w', 'A=y'],
      ['A=x\nB=1', 'A=y\nB=2'],
      ['A=x\nB=1', 'A=y\nC=1'],
      ['A=x\nB=1', 'A=y'],
      ['A=x\nB: 1', 'A=y\nB: 2'],
      ['A=x\nA=x', 'A=y\nA=y'],
      ['B=x', 'B=y'],
      ['A=x', 'A="y'],
    ] as const) {
      expect(isSame(before, after)).toBe(false);
    }
  });

  it('takes a value for whole only with its own quotes', () => {
    expect(isWhole('A=b', 2, 3, 'plain')).toBe(true);
    expect(isWhole('A=bc', 3, 4, 'plain')).toBe(false);
    expect(isWhole('A="b"', 3, 4, 'double')).toBe(true);
    expect(isWhole('A="b"', 3, 4, 'single')).toBe(false);
    expect(isWhole('A="b"', 2, 5, 'plain')).toBe(false);
    expect(isWhole("A='b\\'", 3, 5, 'single')).toBe(false);
  });
});
