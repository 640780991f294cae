import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from './runs.ts';
import { AWKWARD, find, NEW, OLD, replaceAll, searchFor, withEntry } from './samples.ts';

interface Acme {
  readonly command: string;
  readonly args: string[];
  readonly headers: Readonly<Record<string, string>>;
}

function entryAfter(entry: unknown, fresh: string): Acme {
  const document: unknown = JSON.parse(replaceAll(withEntry(entry), fresh).toString());
  return (document as { mcpServers: { acme: Acme } }).mcpServers.acme;
}

/** The words that a real shell makes of each line. */
function wordsOf(lines: readonly string[]): string[][] {
  const script = lines.map((line) => `set -- ${line}\nprintf '%s\\0' "$@"\nprintf '\\0\\0'\n`).join('');
  const { stdout, status } = spawnSync('sh', ['-s'], { input: script, maxBuffer: 1 << 28 });
  expect(status).toBe(0);
  return stdout
    .toString()
    .split('\0\0\0')
    .slice(0, -1)
    .map((words) => words.split('\0'));
}

const freshKey = fc
  .oneof(
    fc.string({ minLength: 1, maxLength: 10, unit: 'grapheme' }),
    fc.constantFrom("'", '"', '\\', '$A', '`b`', ' ', '\n', AWKWARD),
  )
  .filter((key) => !key.includes('\0'));

describe('a key in HTTP’s basic authentication', () => {
  const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

  it.each([
    [`user:${OLD}`, `user:${NEW}`],
    [`${OLD}:`, `${NEW}:`],
    [`${OLD}:${OLD}`, `${NEW}:${NEW}`],
  ])('is written anew in base64: %s', (before, after) => {
    const [site] = find(withEntry({ headers: { Authorization: basic(before) } })).sites;
    expect(site?.form).toBe('base64');
    expect(entryAfter({ headers: { Authorization: basic(before) } }, NEW).headers.Authorization).toBe(basic(after));
  });

  it('is found in an argument and in JSON within a string', () => {
    const header = `Authorization: ${basic(`u:${OLD}`)}`;
    expect(entryAfter({ args: ['--header', header] }, NEW).args[1]).toBe(`Authorization: ${basic(`u:${NEW}`)}`);
    const inner = JSON.stringify({ auth: basic(`u:${OLD}`) });
    expect(entryAfter({ args: [inner] }, AWKWARD).args[0]).toBe(JSON.stringify({ auth: basic(`u:${AWKWARD}`) }));
  });

  it('keeps its padding, or does without', () => {
    const bare = (text: string): string => basic(text).replace(/=+$/, '');
    expect(entryAfter({ headers: { A: bare(`us:${OLD}`) } }, NEW).headers.A).toBe(bare(`us:${NEW}`));
  });

  it('is no match where the base64 is no text, or holds a longer token', () => {
    expect(find(withEntry({ headers: { A: basic(`u:${OLD}x`) } })).sites).toEqual([]);
    expect(
      find(withEntry({ headers: { A: `Basic ${Buffer.from([0xff, 0xfe, 1, 2, 3, 4, 5]).toString('base64')}` } })).sites,
    ).toEqual([]);
  });
});

describe('a key in a whole command line in one string', () => {
  const lines: [what: string, line: (key: string) => string][] = [
    ['bare', (key) => `acme --api-key ${key} --verbose`],
    ['behind a name', (key) => `acme --api-key=${key}`],
    ['in single quotes', (key) => `acme --api-key '${key}' x`],
    ['in double quotes', (key) => `env "ACME_API_KEY=${key}" acme`],
    ['at the end of double quotes', (key) => `acme "--key=${key}"`],
    ['in quotes with more of the word behind', (key) => `acme --x='${key}',y "a=${key};b"`],
    ['among escapes', (key) => `acme a\\ b --key=${key} "c\\"d"`],
  ];

  it.each(lines)('stays as it is around a key without marks: %s', (_what, line) => {
    expect(entryAfter({ command: line(OLD) }, NEW).command).toBe(line(NEW));
    expect(entryAfter({ args: ['-c', line(OLD)] }, NEW).args[1]).toBe(line(NEW));
  });

  it('is a word that a shell reads as exactly the new key, whatever the key is', () => {
    const results: { line: string; words: string[] }[] = [];
    fc.assert(
      fc.property(fc.constantFrom(...lines.map(([, line]) => line)), freshKey, (line, fresh) => {
        const [words = []] = [line(OLD)].map((text) => wordsBefore.get(text) ?? []);
        results.push({
          line: entryAfter({ command: line(OLD) }, fresh).command,
          words: words.map((word) => word.replaceAll(OLD, () => fresh)),
        });
      }),
      { numRuns: runs(2_000) },
    );
    expect(wordsOf(results.map(({ line }) => line))).toEqual(results.map(({ words }) => words));
  });

  const wordsBefore = new Map(lines.map(([, line]) => [line(OLD), wordsOf([line(OLD)])[0] ?? []]));

  it('is written in both notations where JSON stands in it', () => {
    const line = `acme --config '{"apiKey":"${OLD}"}'`;
    expect(wordsOf([entryAfter({ command: line }, AWKWARD).command])).toEqual([
      ['acme', '--config', JSON.stringify({ apiKey: AWKWARD })],
    ]);
  });

  it('is plain text where a quote is not closed, or the text is an argument of its own', () => {
    expect(entryAfter({ command: `it's ${OLD}` }, 'a b').command).toBe("it's a b");
    expect(entryAfter({ args: ['--header', `Authorization: Bearer ${OLD}`] }, 'a b').args[1]).toBe(
      'Authorization: Bearer a b',
    );
  });
});

describe('JSON in a string in JSON, to any depth', () => {
  it('has exactly the new key at the bottom', () => {
    for (let depth = 1; depth <= 6; depth++) {
      const wrap = (key: string): string => {
        let text = JSON.stringify({ apiKey: key });
        for (let level = 1; level < depth; level++) text = JSON.stringify({ inner: text, n: [1, null] });
        return text;
      };
      expect(entryAfter({ args: [wrap(OLD)] }, AWKWARD).args[0]).toBe(wrap(AWKWARD));
    }
  });
});

describe('servers in a list', () => {
  it.each([
    [[{ name: 'acme', env: { K: OLD } }], ['acme']],
    [[{ env: { K: OLD }, id: 'one', name: 'acme' }], ['acme']],
    [
      [{ env: { K: OLD }, id: 'one' }, { env: {} }],
      ['one', '1'],
    ],
  ])('are known by their own names: %j', (servers, names) => {
    const found = find(JSON.stringify({ mcpServers: servers }));
    expect(found.servers).toEqual(names);
    expect(found.sites.map(({ server }) => server)).toEqual([names[0]]);
    expect(JSON.parse(replaceAll(JSON.stringify({ mcpServers: servers }), NEW).toString())).toEqual({
      mcpServers: JSON.parse(JSON.stringify(servers).replace(OLD, NEW)),
    });
  });
});

describe('a file that is a bare map of servers, or holds one', () => {
  const tables = [[], ['mcpServers']];

  it('has the servers of either form', () => {
    const search = searchFor(OLD, { tables });
    const bare = JSON.stringify({ acme: { env: { K: OLD } }, other: {} });
    expect(find(bare, search).servers).toEqual(['acme', 'other']);
    const wrapped = JSON.stringify({ mcpServers: { acme: { env: { K: OLD } } } });
    expect(find(wrapped, search).servers).toEqual(['acme']);
    for (const text of [bare, wrapped]) {
      expect(replaceAll(text, NEW, search).toString()).toBe(text.replace(OLD, NEW));
    }
  });
});
