import { type ParseError, parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { findSites } from '../../main/configs/find.ts';
import { patch } from '../../main/configs/patch.ts';
import type { Edit } from '../../main/configs/site.ts';
import { ConfigError } from '../../main/configs/snapshot.ts';
import { Secret } from '../../main/credentials/secret.ts';
import { AWKWARD, find, NEW, OLD, replaceAll, searchFor, withEntry } from './samples.ts';

function editsOf(bytes: Buffer, fresh = NEW): Edit[] {
  return findSites(bytes, 'jsonc', searchFor()).sites.map((site) => ({ site, value: new Secret(fresh) }));
}

function refusal(work: () => unknown): string | null {
  try {
    work();
    return null;
  } catch (error) {
    return error instanceof ConfigError ? error.code : String(error);
  }
}

/** What an independent reader finds at a path of a patched document. */
function read(bytes: Buffer, ...path: (string | number)[]): unknown {
  const errors: ParseError[] = [];
  let value: unknown = parse(bytes.toString().replace(/^\ufeff/, ''), errors, { allowTrailingComma: true });
  expect(errors).toEqual([]);
  for (const name of path) value = Reflect.get(Object(value), name);
  return value;
}

describe('a patch', () => {
  const documents: [what: string, text: string][] = [
    ['two spaces', withEntry({ env: { A: OLD } })],
    ['one line', JSON.stringify({ mcpServers: { a: { env: { A: OLD } } } })],
    ['CRLF and a final one', `{\r\n\t"mcpServers": {"a": {"env": {"A": "${OLD}"}}}\r\n}\r\n`],
    ['a BOM', `\ufeff{"mcpServers": {"a": {"env": {"A": "${OLD}"}}}}`],
    ['comments', `// one\n{/* two */"mcpServers": {"a": {"env": {"A": /* three */ "${OLD}" // four\n}}}}// five`],
    ['trailing commas', `{"mcpServers": {"a": {"env": {"A": "${OLD}",}, "args": ["x",],},},}`],
    [
      'duplicate names',
      `{"mcpServers": {"a": {"env": {"A": "${OLD}", "A": "${OLD}"}}}, "mcpServers": {"a": {"env": {"A": "${OLD}"}}}}`,
    ],
    [
      'numbers that lose digits when parsed',
      `{"n": [1.10, 1e5, 12345678901234567890, -0], "mcpServers": {"a": {"env": {"A": "${OLD}"}}}}`,
    ],
    [
      'escapes that nobody needs',
      `{"\\u0061\\/b": "\\u00e9\\ud83d\\udd11\\ud800", "mcpServers": {"a": {"x": "\\udfff", "env": {"A": "${OLD}"}}}}`,
    ],
    ['blanks everywhere', ` \t\r\n{ "mcpServers" : { "a" : { "env" : { "A" : "${OLD}" } } } } \n\n`],
  ];

  it.each(documents)('changes nothing but the bytes of the key: %s', (_what, text) => {
    expect(replaceAll(text, NEW).toString()).toBe(text.replaceAll(OLD, NEW));
    expect(replaceAll(text, 'k').toString()).toBe(text.replaceAll(OLD, 'k'));
  });

  it('leaves the given bytes as they are', () => {
    const bytes = Buffer.from(withEntry({ env: { A: OLD } }));
    const copy = Buffer.from(bytes);
    patch(bytes, 'json', editsOf(bytes));
    expect(bytes.equals(copy)).toBe(true);
  });

  it('without edits is the same document', () => {
    const text = Buffer.from(withEntry({ env: {} }));
    expect(patch(text, 'json', []).equals(text)).toBe(true);
  });

  it.each([AWKWARD, '"', '\\', 'a\u2028b', '\u0000\u001f', '%', '#', 'a&b', '\u{1f511}'])(
    'writes %j so that the reader gets exactly it',
    (fresh) => {
      const entry = { env: { A: OLD }, args: ['--key', OLD, `--key=${OLD}`], headers: { A: `Bearer ${OLD}` } };
      const result = replaceAll(withEntry(entry), fresh);
      expect(read(result, 'mcpServers', 'acme')).toEqual({
        env: { A: fresh },
        args: ['--key', fresh, `--key=${fresh}`],
        headers: { A: `Bearer ${fresh}` },
      });
    },
  );

  it('percent-encodes in a URL, so that its reader gets exactly the key', () => {
    const entry = {
      url: `https://h.invalid/mcp?a=1&api_key=${OLD}&z=%20#f`,
      args: [`--url=https://h.invalid/?k=${OLD}`],
    };
    const result = replaceAll(withEntry(entry), AWKWARD);
    const url = new URL(String(read(result, 'mcpServers', 'acme', 'url')));
    expect([...url.searchParams]).toEqual([
      ['a', '1'],
      ['api_key', AWKWARD],
      ['z', ' '],
    ]);
    expect(url.hash).toBe('#f');
    const argument = String(read(result, 'mcpServers', 'acme', 'args', 0)).slice('--url='.length);
    expect(new URL(argument).searchParams.get('k')).toBe(AWKWARD);
  });

  it('replaces a percent-encoded key in a URL in a JSON string, and all of it', () => {
    const old = 'old"key/with+signs=';
    const text = withEntry({ url: `https://h.invalid/?k=${encodeURIComponent(old)}&x=1` });
    const url = new URL(String(read(replaceAll(text, AWKWARD, searchFor(old)), 'mcpServers', 'acme', 'url')));
    expect([...url.searchParams]).toEqual([
      ['k', AWKWARD],
      ['x', '1'],
    ]);
  });

  it('escapes twice in JSON in a string, and a third time for a URL in it', () => {
    const inner = JSON.stringify({ apiKey: OLD, nested: JSON.stringify([`https://h.invalid/?k=${OLD}`]) });
    const result = replaceAll(withEntry({ args: ['--config', inner, `--config=${inner}`] }), AWKWARD);
    for (const index of [1, 2]) {
      const argument = String(read(result, 'mcpServers', 'acme', 'args', index)).replace('--config=', '');
      const config: unknown = JSON.parse(argument);
      expect(Reflect.get(Object(config), 'apiKey')).toBe(AWKWARD);
      const nested: unknown = JSON.parse(String(Reflect.get(Object(config), 'nested')));
      expect(new URL(String(Object(nested)[0])).searchParams.get('k')).toBe(AWKWARD);
    }
  });

  it('replaces a default in a reference and keeps the reference', () => {
    const text = withEntry({ env: { ACME_API_KEY: `\${ACME_API_KEY:-${OLD}}` } });
    expect(replaceAll(text, NEW).toString()).toBe(text.replace(OLD, NEW));
    expect(refusal(() => replaceAll(text, 'a}b'))).toBe('patch-refused');
  });

  it('keeps half a pair of surrogates that stands beside the key', () => {
    const text = `{"mcpServers":{"a":{"args":["\\ud800 ${OLD} \\udc00"]}}}`;
    expect(replaceAll(text, NEW).toString()).toBe(text.replace(OLD, NEW));
  });

  it('puts different secrets at their sites', () => {
    const search = searchFor(OLD, { companions: [{ role: 'hmac', envName: 'HMAC' }] });
    const bytes = Buffer.from(withEntry({ env: { HMAC: 'x', A: OLD } }));
    const values: Record<string, string> = { key: NEW, hmac: AWKWARD };
    const edits = findSites(bytes, 'json', search).sites.map((site) => ({
      site,
      value: new Secret(values[site.role] ?? ''),
    }));
    expect(read(patch(bytes, 'json', edits), 'mcpServers', 'acme', 'env')).toEqual({ HMAC: AWKWARD, A: NEW });
  });

  it('finds the new key at the same paths afterwards', () => {
    const text = withEntry({ env: { A: OLD }, url: `https://h.invalid/?k=${OLD}`, args: [OLD, `{"k":"${OLD}"}`] });
    const paths = find(text).sites.map(({ path }) => path);
    expect(find(replaceAll(text, AWKWARD), searchFor(AWKWARD)).sites.map(({ path }) => path)).toEqual(paths);
  });

  it('works 10,000 levels deep beside the key and around it, and does not crash in the entry itself', () => {
    const deep = '['.repeat(10_000) + ']'.repeat(10_000);
    const beside = `{"deep":${deep},"mcpServers":{"a":{"env":{"A":"${OLD}"}}}}`;
    expect(replaceAll(beside, NEW).toString()).toBe(beside.replace(OLD, NEW));
    const within = `{"mcpServers":{"a":${deep.replace('[]', `["${OLD}"]`)}}}`;
    expect(find(within).sites).toHaveLength(1);
    const result = refusal(() => expect(replaceAll(within, NEW).toString()).toBe(within.replace(OLD, NEW)));
    expect([null, 'patch-refused']).toContain(result);
  });
});

describe('a patch is refused', () => {
  const bytes = Buffer.from(withEntry({ env: { A: OLD }, args: [`x=${OLD} y=${OLD}`] }));

  it('when something else stands at the site by now', () => {
    for (const other of [withEntry({ env: { A: NEW }, args: [`x=${OLD} y=${OLD}`] }), `  ${bytes}`, '{}', '']) {
      expect(refusal(() => patch(Buffer.from(other), 'json', editsOf(bytes)))).toBe('patch-refused');
    }
  });

  it('when the same bytes now stand in another string, in a comment or under another name', () => {
    const text = bytes.toString();
    const edits = editsOf(bytes).slice(0, 1);
    const at = text.indexOf('"env"');
    const others = [
      text.replace('"env"', '"enw"'),
      text.replace('"acme"', '"acmf"'),
      `${text.slice(0, at - 2)}//${text.slice(at, text.indexOf('\n', at))}${text.slice(text.indexOf('\n', at)).replace('},', '  ')}`,
      text.replace(`"${OLD}"`, `\\${OLD}"`),
    ];
    for (const other of others) {
      expect(['patch-refused', 'file-not-parsable']).toContain(refusal(() => patch(Buffer.from(other), 'json', edits)));
    }
  });

  it('when edits overlap or come twice', () => {
    const edits = editsOf(bytes);
    expect(refusal(() => patch(bytes, 'json', [...edits, ...edits.slice(0, 1)]))).toBe('patch-refused');
  });

  it('when the new key is no text', () => {
    expect(refusal(() => patch(bytes, 'json', editsOf(bytes, '')))).toBe('patch-refused');
    expect(refusal(() => patch(bytes, 'json', editsOf(bytes, 'half \ud800')))).toBe('patch-refused');
  });

  it('with words that hold neither key nor any text of the file', () => {
    try {
      patch(Buffer.from(withEntry({ env: { A: NEW } })), 'json', editsOf(bytes), '/home/user/mcp.json');
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError);
      const { message, wayOut } = error as ConfigError;
      expect(message).toMatch(/^\/home\/user\/mcp\.json .*It was not changed\.$/);
      expect(message + wayOut).not.toMatch(/sk-live|acme/);
    }
  });
});

describe('a broken document', () => {
  it.each([
    ['{"mcpServers": {"a": {"env": {"A": "x}}}}', 'a string is not closed (line 1, column 36)'],
    ['{\n  "a": 1\n  "b": 2\n}', 'a comma or the end of the object is missing here (line 3, column 3)'],
    ['{\n"a": [1, 2\n', 'an array is not closed (line 3, column 1)'],
    ['{"a": "\u00e9\u00e9\tx"}', 'a string holds a control character (line 1, column 10)'],
    ['{"a": "\\x"}', 'a string holds an escape that JSON does not know (line 1, column 8)'],
    ['{"a": 1} {"b": 2}', 'something follows after the end of the document (line 1, column 10)'],
    ['{"a": }', 'a value is missing here (line 1, column 7)'],
    ['{/* never closed', 'a comment is not closed (line 1, column 2)'],
    ['\u0000\u0000\u0000', 'a value is missing here (line 1, column 1)'],
    ['not json', 'a value is missing here (line 1, column 1)'],
    ['{a: 1}', 'a name in quotes is missing here (line 1, column 2)'],
    ['[1,,2]', 'a value is missing here (line 1, column 4)'],
    ['[1.]', 'a digit is missing here (line 1, column 4)'],
  ])('is refused with the place of the fault: %j', (text, why) => {
    expect(() => findSites(Buffer.from(text), 'jsonc', searchFor(), '/f')).toThrow(
      `/f can't be read: ${why}. It was not changed.`,
    );
  });

  it.each([
    ['UTF-16', Buffer.from('\ufeff{}', 'utf16le')],
    ['UTF-16', Buffer.from([0xfe, 0xff, 0, 0x7b])],
    ['UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])],
  ])('in another encoding is refused: %s', (word, bytes) => {
    expect(() => findSites(bytes, 'json', searchFor())).toThrow(word);
  });

  it.each(['', ' \n', '\ufeff', '// nothing yet\n'])('is not what a blank file is: %j', (text) => {
    expect(find(text)).toEqual({ sites: [], outside: [], references: [], otherKeys: [], servers: [] });
  });

  it('is never the result of a patch, even when the old document is broken behind the site', () => {
    const whole = withEntry({ env: { A: OLD } });
    const edits = editsOf(Buffer.from(whole));
    expect(refusal(() => patch(Buffer.from(whole.slice(0, -1)), 'json', edits))).toBe('file-not-parsable');
  });
});
