import { describe, expect, it } from 'vitest';
import { sourceOf } from '../../main/configs/references.ts';
import { Secret } from '../../main/credentials/secret.ts';
import { find, OLD, searchFor, withEntry } from './samples.ts';

const companions = [{ role: 'hmac', envName: 'ACME_HMAC_SECRET' }];

describe('a key in a server entry', () => {
  const forms: [what: string, entry: unknown, place: string, form: string, path: (string | number)[]][] = [
    ['an env value', { env: { ACME_API_KEY: OLD } }, 'env', 'plain', ['env', 'ACME_API_KEY']],
    ['an env value of another name', { env: { X: OLD } }, 'env', 'plain', ['env', 'X']],
    ['an environment value', { environment: { X: OLD } }, 'env', 'plain', ['environment', 'X']],
    ['an envs value', { envs: { X: OLD } }, 'env', 'plain', ['envs', 'X']],
    ['an env list', { env: [`ACME_API_KEY=${OLD}`] }, 'env', 'plain', ['env', 0]],
    ['an argument', { args: ['--api-key', OLD] }, 'argument', 'plain', ['args', 1]],
    ['an argument with its name', { args: [`--api-key=${OLD}`] }, 'argument', 'plain', ['args', 0]],
    ['an item of a command list', { command: ['node', OLD] }, 'argument', 'plain', ['command', 1]],
    ['a command line', { command: `node srv.js --key ${OLD} -v` }, 'argument', 'plain', ['command']],
    ['a docker variable', { args: ['run', '-e', `ACME_API_KEY=${OLD}`] }, 'argument', 'plain', ['args', 2]],
    ['a header argument', { args: ['--header', `Authorization: Bearer ${OLD}`] }, 'argument', 'plain', ['args', 1]],
    ['JSON in an argument', { args: [`{"apiKey":"${OLD}"}`] }, 'argument', 'json-escaped', ['args', 0]],
    ['JSON behind a name', { args: [`--config={"apiKey":"${OLD}"}`] }, 'argument', 'json-escaped', ['args', 0]],
    ['a header', { headers: { 'X-API-KEY': OLD } }, 'header', 'plain', ['headers', 'X-API-KEY']],
    [
      'a Bearer header',
      { headers: { Authorization: `Bearer ${OLD}` } },
      'header',
      'plain',
      ['headers', 'Authorization'],
    ],
    [
      'a nested header',
      { requestOptions: { headers: { A: OLD } } },
      'header',
      'plain',
      ['requestOptions', 'headers', 'A'],
    ],
    ['a nested env value', { transport: { env: { A: OLD } } }, 'env', 'plain', ['transport', 'env', 'A']],
    ['a url', { url: `https://h.invalid/mcp?api_key=${OLD}&x=1` }, 'url', 'percent-encoded', ['url']],
    ['an httpUrl', { httpUrl: `https://h.invalid/${OLD}` }, 'url', 'percent-encoded', ['httpUrl']],
    ['a serverUrl', { serverUrl: `https://u:${OLD}@h.invalid/` }, 'url', 'percent-encoded', ['serverUrl']],
    ['any other field', { settings: { token: OLD } }, 'field', 'plain', ['settings', 'token']],
    ['a default of a reference', { env: { A: `\${ACME:-${OLD}}` } }, 'env', 'plain', ['env', 'A']],
    ['a default without colon', { env: { A: `\${ACME-${OLD}}` } }, 'env', 'plain', ['env', 'A']],
  ];

  it.each(forms)('is found as %s', (_what, entry, place, form, path) => {
    const text = withEntry(entry);
    const { sites, outside } = find(text);
    expect(sites).toMatchObject([
      {
        role: 'key',
        server: 'acme',
        place,
        form,
        path: ['mcpServers', 'acme', ...path],
        fingerprint: new Secret(OLD).fingerprint,
      },
    ]);
    expect(outside).toEqual([]);
    const site = sites[0];
    expect(Buffer.from(text).toString('utf8', site?.start, site?.end)).toBe(OLD);
    expect(site?.line).toBe(text.slice(0, text.indexOf(OLD)).split('\n').length);
  });

  it('is found when it is written with \\u escapes, and its neighbours are', () => {
    const written = [...OLD].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
    const text = `{"mcpServers":{"acme":{"headers":{"A":"Bearer\\u0020${written}\\u000a"}}}}`;
    const [site] = find(text).sites;
    expect(site?.form).toBe('escaped');
    expect(text.slice(site?.start, site?.end)).toBe(written);
  });

  it.each(['a"b\\c-12345', 'gr\u00fc\u00df-\u{1f511}-12345', 'line\nline-12345'])(
    'is found when it needs escapes itself',
    (key) => {
      for (const text of [withEntry({ env: { A: key } }), withEntry({ args: [`--key=${key}`] })]) {
        expect(find(text, searchFor(key)).sites).toHaveLength(1);
      }
      const url = `https://h.invalid/?k=${encodeURIComponent(key)}`;
      expect(find(withEntry({ url }), searchFor(key)).sites).toMatchObject([{ form: 'percent-encoded' }]);
      const inner = JSON.stringify({ deep: JSON.stringify({ url }) });
      expect(find(withEntry({ args: [inner] }), searchFor(key)).sites).toMatchObject([{ form: 'percent-encoded' }]);
    },
  );

  it('is found several times in one string, in one entry, and under duplicate names', () => {
    expect(find(withEntry({ args: [`${OLD},${OLD}`, OLD], env: { A: OLD } })).sites).toHaveLength(4);
    const twice = `{"mcpServers":{"acme":{"env":{"A":"${OLD}","A":"${OLD}"}}},"mcpServers":{"acme":{"env":{"A":"${OLD}"}}}}`;
    expect(find(twice).sites).toHaveLength(3);
  });

  const parts = [`${OLD}a`, `${OLD}9`, `${OLD}-x`, `${OLD}_x`, `a${OLD}`, `x-${OLD}`, `_${OLD}`, `--key=x${OLD}`];

  it.each(parts)('is no match as a part of a longer token', (token) => {
    const found = find(withEntry({ env: { A: token }, args: [token], url: `https://h.invalid/?k=${token}` }));
    expect(found.sites).toEqual([]);
    expect(found.outside).toEqual([]);
  });

  it('is no match in a URL whose decoded text makes it longer, and one where the decoded text ends it', () => {
    expect(find(withEntry({ url: `https://h.invalid/?k=%61${OLD}` })).sites).toEqual([]);
    expect(find(withEntry({ url: `https://h.invalid/?k%3D${OLD}%26x` })).sites).toHaveLength(1);
  });

  it.each(['=', ':', ' ', '"', "'", '/', ',', '@', '\n'])('is a match next to %j', (sign) => {
    expect(find(withEntry({ args: [`x${sign}${OLD}${sign}y`] })).sites).toHaveLength(1);
  });

  it('that is very short counts only as a whole value', () => {
    const { sites, outside } = find(withEntry({ env: { A: 'abc' }, args: ['abc', '--x=abc'] }), searchFor('abc'));
    expect(sites.map(({ path }) => path.at(-1))).toEqual(['A', 0]);
    expect(outside).toEqual([]);
    expect(find(withEntry({ env: { A: '' } }), searchFor('')).sites).toEqual([]);
  });

  it('that holds another secret is one site, not two', () => {
    const needles = [
      { role: 'part', value: new Secret('abcdefghij') },
      { role: 'key', value: new Secret('abcdefghij:klmnop') },
    ];
    const { sites } = find(withEntry({ env: { A: 'abcdefghij:klmnop', B: 'abcdefghij' } }), searchFor('', { needles }));
    expect(sites.map(({ role }) => role)).toEqual(['key', 'part']);
  });
});

describe('server tables', () => {
  const entry = { env: { A: OLD } };

  it.each([
    [{ mcpServers: { one: entry } }, ['one']],
    [{ 'mcp.servers': { one: entry } }, ['one']],
    [{ projects: { '/a': { mcpServers: { one: entry } }, '/b': { mcpServers: { two: entry } } } }, ['one', 'two']],
    [{ mcp: { one: { env: {} }, two: entry } }, ['one', 'two']],
    [{ mcpServers: [entry, entry] }, ['0', '1']],
    [{ mcpServers: { 'with "quotes" \u00e9': entry } }, ['with "quotes" \u00e9']],
  ])('are looked into: %j', (document, servers) => {
    const found = find(JSON.stringify(document));
    expect(found.servers).toEqual(servers);
    expect(found.sites.length).toBeGreaterThan(0);
    expect(found.outside).toEqual([]);
  });

  it('are recognised by a name that is written with escapes', () => {
    expect(find(`{"mcp\\u0053ervers":{"a":{"env":{"A":"${OLD}"}}}}`).sites).toHaveLength(1);
  });

  it.each([
    { history: [{ display: `use ${OLD}` }] },
    { projects: { '/a': { history: [OLD] } } },
    { projects: { mcpServers: { a: entry } } },
    { inner: { mcpServers: { a: entry } } },
    { mcp: OLD },
  ])('are the only place of a change: %j', (document) => {
    const found = find(JSON.stringify(document, null, 1));
    expect(found.sites).toEqual([]);
    expect(found.outside).toMatchObject([{ where: 'outside-server-table' }]);
  });

  it('leave the rest of a provider file no different: everything in it counts', () => {
    const text = JSON.stringify(
      { version: 1, operator: { api_key: OLD, url: `https://h.invalid/?k=${OLD}` } },
      null,
      2,
    );
    const { sites, servers } = find(text, searchFor(OLD, { tables: 'everything' }));
    expect(sites).toMatchObject([
      { server: null, place: 'field', path: ['operator', 'api_key'], line: 4 },
      { server: null, place: 'field', path: ['operator', 'url'], line: 5 },
    ]);
    expect(servers).toEqual([]);
  });
});

describe('a server without a name', () => {
  it('is one all the same', () => {
    const found = find(JSON.stringify({ mcpServers: { '': { env: { K: OLD } } } }));
    expect(found.servers).toEqual(['']);
    expect(found.sites).toHaveLength(1);
  });
});

describe('what is reported and left alone', () => {
  it('is a key in a comment, once per line', () => {
    const text = `{\n// old: ${OLD} ${OLD}\n"mcpServers":{/* ${OLD} */"a":{"env":{}}}}\n// ${OLD}`;
    expect(find(text)).toMatchObject({
      sites: [],
      outside: [
        { where: 'comment', line: 2 },
        { where: 'comment', line: 3 },
        { where: 'comment', line: 4 },
      ],
    });
  });

  it('is a key that is the name of something', () => {
    const found = find(withEntry({ env: { [OLD]: 'x' } }));
    expect(found.sites).toEqual([]);
    expect(found.outside).toEqual([{ where: 'outside-server-table', line: 5 }]);
  });

  it('is a key in chat text, next to the escapes of line ends there', () => {
    expect(find(`{"history":["see:\\n${OLD}\\nthere"]}`).outside).toHaveLength(1);
    expect(find(`{"history":["see:\\n${OLD}x"]}`).outside).toEqual([]);
  });

  const references = [
    '$' + '{VAR}',
    '$' + '{env:X}',
    '{env:X}',
    '$VAR',
    '$' + '{input:x}',
    '{file:~/key.txt}',
    '$(pass show acme)',
    '$' + '{{ secrets.X }}',
    '%ACME%',
  ];

  it.each(references)('is the reference %s under the name of the variable', (expression) => {
    const found = find(withEntry({ env: { ACME_API_KEY: expression } }));
    expect(found.references).toEqual([
      {
        server: 'acme',
        path: ['mcpServers', 'acme', 'env', 'ACME_API_KEY'],
        name: 'ACME_API_KEY',
        expression,
        source: sourceOf(expression),
        line: 5,
      },
    ]);
    expect(found.otherKeys).toEqual([]);
    expect(find(withEntry({ args: ['-e', `ACME_API_KEY=${expression}`] })).references).toMatchObject([{ expression }]);
  });

  it.each([
    ['bearer_token_env_var', { url: 'https://h.invalid', bearer_token_env_var: 'ACME_API_KEY' }],
    ['env_http_headers', { env_http_headers: { 'X-Api-Key': 'ACME_API_KEY' } }],
    ['env_vars', { env_vars: ['ACME_API_KEY'] }],
    ['env_keys', { env_keys: ['ACME_API_KEY'] }],
  ])('is the name of the variable in a field for names: %s', (_field, entry) => {
    expect(find(withEntry(entry)).references).toMatchObject([
      { name: 'ACME_API_KEY', expression: 'ACME_API_KEY', source: { kind: 'variable', name: 'ACME_API_KEY' } },
    ]);
    expect(find(withEntry(entry)).otherKeys).toEqual([]);
  });

  it('is a reference to the variable from elsewhere, and a variable that is passed on', () => {
    const header = find(withEntry({ headers: { A: 'Bearer $' + '{ACME_API_KEY}' } }));
    expect(header.references).toMatchObject([{ name: 'ACME_API_KEY', expression: '$' + '{ACME_API_KEY}' }]);
    const passed = find(withEntry({ args: ['run', '-e', 'ACME_API_KEY', 'image'] }));
    expect(passed.references).toMatchObject([{ name: 'ACME_API_KEY', expression: 'ACME_API_KEY' }]);
  });

  it('is a reference with a default, of which the default is not told', () => {
    const found = find(withEntry({ env: { ACME_API_KEY: `\${ACME_API_KEY:-${OLD}}` } }));
    expect(found.sites).toHaveLength(1);
    expect(found.references).toMatchObject([{ expression: '$' + '{ACME_API_KEY:-\u2026}' }]);
    const command = find(withEntry({ env: { ACME_API_KEY: `$(echo ${OLD}x)` } }));
    expect(JSON.stringify(command.references)).not.toContain(OLD);
  });

  it('is another key under the name of the variable', () => {
    const found = find(
      withEntry({ env: { ACME_API_KEY: 'sk-live-another', OTHER: 'x' }, args: ['ACME_API_KEY=another'] }),
    );
    expect(found.otherKeys).toEqual([
      { server: 'acme', name: 'ACME_API_KEY', line: 5 },
      { server: 'acme', name: 'ACME_API_KEY', line: 9 },
    ]);
    expect(find(withEntry({ env: { ACME_API_KEY: '' } })).otherKeys).toEqual([]);
    expect(find(withEntry({ env: { ACME_API_KEY: OLD } })).otherKeys).toEqual([]);
  });
});

describe('a companion secret', () => {
  it('is a site beside a key, whatever its value is', () => {
    const text = withEntry({ env: { ACME_API_KEY: OLD, ACME_HMAC_SECRET: 'any "value"' } });
    const { sites } = find(text, searchFor(OLD, { companions }));
    expect(sites).toMatchObject([
      { role: 'key' },
      { role: 'hmac', place: 'env', path: ['mcpServers', 'acme', 'env', 'ACME_HMAC_SECRET'] },
    ]);
    expect(text.slice(sites[1]?.start, sites[1]?.end)).toBe('any \\"value\\"');
  });

  it('is a site beside a key among arguments', () => {
    const text = withEntry({ args: ['-e', `ACME_API_KEY=${OLD}`, '-e', 'ACME_HMAC_SECRET=shh'] });
    const { sites } = find(text, searchFor(OLD, { companions }));
    expect(sites.map(({ role, start, end }) => [role, text.slice(start, end)])).toEqual([
      ['key', OLD],
      ['hmac', 'shh'],
    ]);
  });

  it.each([
    { one: { env: { ACME_API_KEY: 'other', ACME_HMAC_SECRET: 'x' } }, two: { env: { ACME_API_KEY: OLD } } },
    { one: { env: { ACME_API_KEY: OLD, ACME_HMAC_SECRET: '$' + '{SECRET}' } } },
    { one: { env: { ACME_API_KEY: OLD, ACME_HMAC_SECRET: '' } } },
    { one: { env: { ACME_API_KEY: OLD, ACME_HMAC_SECRET: 7 } } },
  ])('is left alone without a key beside it, and where it is no literal: %j', (mcpServers) => {
    const { sites } = find(JSON.stringify({ mcpServers }), searchFor(OLD, { companions }));
    expect(sites.map(({ role }) => role)).toEqual(['key']);
  });

  it('that is known is one site with its own role', () => {
    const needles = [...searchFor().needles, { role: 'hmac', value: new Secret('hmac-secret-1') }];
    const text = withEntry({ env: { ACME_API_KEY: OLD, ACME_HMAC_SECRET: 'hmac-secret-1' }, args: ['hmac-secret-1'] });
    const { sites } = find(text, searchFor(OLD, { needles, companions }));
    expect(sites.map(({ role }) => role)).toEqual(['key', 'hmac', 'hmac']);
  });
});
