import { describe, expect, it } from 'vitest';
import { scan, scanEntry } from './rules.ts';

// Put together from pieces, so that nobody who looks for keys in this repository finds one.
const random = (length: number, alphabet = 'q7Zk2Vt9LmX4Rb8WnY3cHd6P'): string => alphabet.repeat(20).slice(0, length);
const made = (...pieces: readonly string[]): string => pieces.join('');

const BITSCALE = made('sk-live', '-9f86d081884c7d65');

describe('a key of a service that Rekey rotates', () => {
  it.each([
    ['BitScale', BITSCALE],
    ['Lightning Faucet', made('lf', '_9f86d081884c7d659a2feaa0c55ad015')],
    ['Lightning Faucet', made('agent', '_9f86d081884c7d659a2feaa0c55ad015')],
    ['a2amarket', made('ak', '_9f86d081884c7d659a2feaa0c55ad015')],
    ['GitLab', made('glpat', '-', random(20))],
    ['GitLab', made('glpat', '-', random(27), '.01', '.0w1a2b3c4')],
    ['Cloudflare', made('cfut', '_', random(48))],
    ['LaunchDarkly', made('api', '-3f0c9a51-7be2-4d08-9a6f-52c41e8d7b03')],
    ['Resend', made('re', '_', random(8), '_', random(24))],
    ['Neon', made('napi', '_', random(64, 'q7zk2vt9lmx4rb8wny3chd6p'))],
    ['OpenRouter', made('sk-or', '-v1-', random(64, '9f86d081884c7d65'))],
    ['SendGrid', made('SG', '.', random(22), '.', random(43))],
  ])('of %s is told by its form under any name', (service, key) => {
    expect(scanEntry({ env: { ANYTHING: key } })).toMatchObject([{ why: { kind: 'pattern', service }, line: 5 }]);
  });

  it('without a beginning of its own is told under the service’s variable, and only there', () => {
    const uuid = '3f0c9a51-7be2-4d08-9a6f-52c41e8d7b03';
    expect(scanEntry({ env: { LOG10X_API_KEY: uuid } })).toMatchObject([
      { why: { kind: 'pattern', service: 'Log10x' } },
    ]);
    expect(scanEntry({ args: ['-e', `LOG10X_API_KEY=${uuid}`] })).toMatchObject([{ why: { service: 'Log10x' } }]);
    expect(scanEntry({ env: { TRACE: uuid } })).toEqual([]);
    const base64 = made(random(26), '+', '=');
    expect(scanEntry({ env: { PORTKEY_API_KEY: base64 } })).toMatchObject([{ why: { service: 'Portkey' } }]);
  });

  it.each([
    [
      'a word that begins like one',
      { env: { ROLE: 'agent_settings', MODE: 'ak_production_mode', LF: 'lf_converter' } },
    ],
    ['a part of a longer token', { env: { A: `x${BITSCALE}`, B: `prefix-${BITSCALE}` } }],
    ['what documentation writes', { env: { BITSCALE_API_KEY: 'sk-live-your-key-here' }, args: ['sk-live-xxxxxxxx'] }],
    ['a reference to one', { env: { BITSCALE_API_KEY: '${BITSCALE_API_KEY:?sk-live}' } }],
  ])('is not %s', (_, entry) => {
    expect(scanEntry(entry)).toEqual([]);
  });

  it.each([
    ['a string with escapes', `{"mcpServers":{"a":{"env":{"K":"sk\\u002dlive-9f86d081884c7d65"}}}}`],
    ['JSON in a string', `{"mcpServers":{"a":{"args":["{\\"k\\":\\"${BITSCALE}\\"}"]}}}`],
    ['a URL, percent-encoded', `{"mcpServers":{"a":{"url":"https://x.example/?k=${BITSCALE.replace('-', '%2D')}"}}}`],
    ['base64', `{"mcpServers":{"a":{"headers":{"A":"Basic ${btoa(`${BITSCALE}:`)}"}}}}`],
    ['the middle of a text', `{"mcpServers":{"a":{"note":"see ${BITSCALE}, thanks"}}}`],
  ])('is read out of %s', (_, text) => {
    expect(scan(text).map(({ value, where }) => [value.reveal(), where])).toEqual([[BITSCALE, 'server']]);
  });
});

describe('a key of another service', () => {
  it.each([
    ['Anthropic', made('sk-ant', '-api03-', random(93), 'AA')],
    ['OpenAI', made('sk-proj', '-', random(60), 'T3Blbk', 'FJ', random(40))],
    ['GitHub', made('ghp', '_', random(36))],
    ['GitHub', made('github', '_pat_', random(82))],
    ['Slack', made('xoxb', '-', '1234567890', '-', random(24))],
    ['AWS', made('AKIA', 'Q7ZK2VT5LMX4RB6W')],
    ['Google', made('AIza', random(35))],
    ['Stripe', made('sk', '_live_', random(24))],
    ['npm', made('npm', '_', random(36))],
    ['Hugging Face', made('hf', '_', random(34))],
    ['JSON Web Token', made('eyJ', random(30), '.eyJ', random(60), '.', random(43))],
    ['sk-… (OpenAI and others)', made('sk', '-', random(48))],
  ])('of %s is told by its form', (service, key) => {
    expect(scanEntry({ env: { ANYTHING: key } })).toMatchObject([{ why: { kind: 'pattern', service } }]);
    expect(scan(`{"history":["use ${key}\\n"]}`)).toMatchObject([{ where: 'outside-server-table', why: { service } }]);
  });

  it('that is a private key is told as one, with its line breaks or their escapes', () => {
    const key = [
      '-----BEGIN PRIVATE',
      ' KEY-----\n',
      random(64),
      '\n',
      random(40),
      '\n-----END PRIVATE',
      ' KEY-----',
    ].join('');
    expect(scanEntry({ env: { CERT: key } })).toMatchObject([{ why: { service: 'Private key' } }]);
    expect(scan(JSON.stringify({ note: key }))).toMatchObject([
      { why: { service: 'Private key' }, where: 'outside-server-table' },
    ]);
  });

  it.each([
    ['a word with sk in it', 'task-list-of-the-whole-department'],
    ['too short a token', made('ghp', '_', random(12))],
    ['what documentation writes', made('sk', '-', 'x'.repeat(40))],
    ['a public key', '-----BEGIN PUBLIC KEY----- MIIB -----END PUBLIC KEY-----'],
  ])('is not %s', (_, text) => {
    expect(scanEntry({ env: { ANYTHING: text } })).toEqual([]);
  });
});

describe('outside of the servers', () => {
  it('keys with a form are told where they stand, with the line, and what only looks random is not', () => {
    const text = `{
  // it was ${BITSCALE}
  "history": ["my key is\\n${BITSCALE}, and q7Zk2Vt9LmX4Rb8WnY3cHd6P", "API_KEY=9f86d081884c7d659a2feaa0c55ad015"],
  "mcpServers": {}
}`;
    expect(scan(text).map(({ where, line }) => [where, line])).toEqual([
      ['comment', 2],
      ['outside-server-table', 3],
    ]);
  });

  it('a short beginning needs more: the look of a key, or the service’s variable', () => {
    const key = made('lf', '_9f86d081884c7d659a2feaa0');
    expect(
      scan(`{"chat":"lf_converter and agent_name_of_mine and ${key}"}`).map(({ value }) => value.reveal()),
    ).toEqual([key]);
    expect(scan('{"chat":"export A2AMARKET_API_KEY=ak_mine_alone"}')).toHaveLength(1);
  });
});

describe('a known key', () => {
  it.each(['server', 'comment', 'outside-server-table'])('is known again in a %s, whatever it looks like', (where) => {
    const key = 'correct horse "battery"';
    const written = JSON.stringify(key).slice(1, -1);
    const text =
      where === 'server'
        ? `{"mcpServers":{"a":{"env":{"X":"${written}"}}}}`
        : where === 'comment'
          ? `{"mcpServers":{}} // ${written}`
          : `{"history":["${written}"]}`;
    expect(scan(text, 'jsonc', { work: key })).toMatchObject([{ where, why: { kind: 'known', credential: 'work' } }]);
  });

  it('that a rotation has replaced is told as dead', () => {
    expect(scanEntry({ env: { A: BITSCALE } }, { 'work†': BITSCALE })).toMatchObject([
      { why: { kind: 'known', isDead: true } },
    ]);
  });
});

describe('other notations', () => {
  it.each([
    ['toml', `[mcpServers.a.env]\nK = '${BITSCALE}'\n# ${BITSCALE}\n`, ['server', 'comment']],
    [
      'yaml',
      `mcpServers:\n  a:\n    env:\n      K: ${BITSCALE}\nnotes: ${BITSCALE}\n`,
      ['server', 'outside-server-table'],
    ],
    ['json5', `{mcpServers: {a: {env: {K: '${BITSCALE}'}}}} // ${BITSCALE}`, ['server', 'comment']],
    ['text', `export BITSCALE_API_KEY=${BITSCALE}\n`, ['outside-server-table']],
  ] as const)('are read too: %s', (format, text, where) => {
    expect(scan(text, format).map((key) => key.where)).toEqual(where);
  });
});
