import { describe, expect, it } from 'vitest';
import { scanEntry } from './rules.ts';

/** Made up, of the kinds that generators of keys make. */
const HEX = '9f86d081884c7d659a2feaa0c55ad015';
const MIXED = 'q7Zk2Vt9LmX4Rb8WnY3cHd6P';
const LOWER = 'k3v9x2m7q4w8z1n6b5t0r3j7';
const BASE64 = 'Rk9xN2pTUm1h+VnlCd0hZ/TGt2Y2Q3OQ==';
const UUID = '3f0c9a51-7be2-4d08-9a6f-52c41e8d7b03';

describe.each([
  ['a variable', { env: { ACME_API_KEY: HEX } }],
  ['a variable that is only named a token', { env: { ACCESS_TOKEN: LOWER } }],
  ['a password', { env: { DB_PASSWORD: MIXED } }],
  ['a UUID under the name of a key', { env: { SERVICE_SECRET: UUID } }],
  ['base64 with its padding', { env: { SIGNING_SECRET: BASE64 } }],
  ['a variable of any name, when it can be nothing else', { env: { ACME: MIXED } }],
  ['a header', { headers: { 'X-Api-Key': HEX } }],
  ['a bearer token', { headers: { Authorization: `Bearer ${MIXED}` } }],
  ['HTTP basic authentication', { headers: { Authorization: `Basic ${btoa(`me:${MIXED}`)}` } }],
  ['the query of an address', { url: `https://mcp.example/sse?region=eu&api_key=${HEX}` }],
  ['the password in an address', { env: { DATABASE_URL: `postgres://app:${MIXED}@db.example:5432/app` } }],
  ['the argument after an option', { args: ['--api-key', HEX] }],
  ['an option with its value', { args: [`--auth-token=${MIXED}`] }],
  ['a variable for docker', { args: ['run', '-e', `ACME_TOKEN=${HEX}`, 'image'] }],
  ['a header as an argument', { args: ['--header', `Authorization: Bearer ${MIXED}`] }],
  ['a command line in one string', { command: 'sh', args: ['-c', `acme --token '${MIXED}' --verbose`] }],
  ['JSON in an argument', { args: ['--config', JSON.stringify({ apiKey: HEX, region: 'eu-central-1' })] }],
  ['JSON in JSON in a variable', { env: { CONFIG: JSON.stringify({ inner: JSON.stringify({ secret: MIXED }) }) } }],
  ['the default of a reference', { env: { ACME_KEY: `\${OTHER:-${HEX}}` } }],
  ['a list of names and values', { env: [{ name: 'ACME_API_KEY', value: HEX }] }],
])('what looks random in %s', (_, entry) => {
  it('is a key', () => {
    const found = scanEntry(entry);
    expect(found.map(({ why, where }) => [why.kind, where])).toEqual([['entropy', 'server']]);
    expect([HEX, MIXED, LOWER, BASE64, UUID]).toContain(found[0]?.value.reveal());
  });
});

describe.each([
  ['words', { env: { MODE: 'production', ACME_API_KEY: 'your-api-key-goes-here', TOKEN: 'paste-the-token-here' } }],
  ['placeholders', { env: { API_KEY: 'xxxxxxxxxxxxxxxxxxxxxxxx', OTHER_KEY: '<your-key>', KEY: 'REDACTED-BY-REKEY' } }],
  ['references', { env: { API_KEY: '${ACME_API_KEY_OF_2024_PRODUCTION}', TOKEN: '${input:acme-token-1234567890}' } }],
  ['a command that prints a key', { env: { TOKEN: '$(op read op://vault/item1234567890/field)' } }],
  ['models', { env: { MODEL: 'claude-3-5-sonnet-20241022', OPENAI_MODEL: 'gpt-4o-mini-2024-07-18-preview' } }],
  ['versions and dates', { env: { VERSION: '2.14.0-beta.20261120+build.4711', API_VERSION: '2024-10-01-preview' } }],
  ['regions and hosts', { env: { AWS_REGION: 'eu-central-1', HOST: 'db-7f3.cluster-abc123xyz789.rds.amazonaws.com' } }],
  [
    'paths',
    { env: { HOME: '/home/me/.cache/a1b2c3d4e5f6a7b8/9c0d', KEY_FILE: '/run/secrets/9f86d081884c7d659a2feaa0' } },
  ],
  ['a path under the name of a key', { env: { PRIVATE_KEY: '~/.ssh/id_ed25519_9f86d081884c7d65' } }],
  ['ids', { env: { PROJECT_ID: UUID, CLIENT_ID: HEX, SESSION_ID: MIXED, NOTION_DATABASE_ID: HEX } }],
  ['a UUID under any other name', { env: { WORKSPACE: UUID } }],
  ['hashes', { env: { COMMIT_SHA: `${HEX}1a2b3c4d`, CHECKSUM: `sha256:${HEX}${HEX}`, INTEGRITY: `sha512-${BASE64}` } }],
  ['hexadecimal digits under any other name', { env: { ACME: HEX } }],
  [
    'names of packages',
    { args: ['-y', '@modelcontextprotocol/server-sequential-thinking@2025.12.18', 'mcp-remote@0.1.31'] },
  ],
  ['images and their digests', { args: ['run', `ghcr.io/acme/mcp-server:1.4.2@sha256:${HEX}${HEX}`] }],
  ['a revision in an address', { args: ['--from', `git+https://github.com/acme/mcp@${HEX}1a2b3c4d`] }],
  ['arguments without the name of a secret', { args: ['--project', MIXED, '--workspace', HEX] }],
  ['the path and the query of an address', { url: `https://mcp.example/v1/${HEX}/sse?project=${MIXED}&page=2` }],
  ['public keys and names of keys', { env: { PUBLIC_KEY_ID: MIXED, API_KEY_NAME: 'production-key-of-2026-november' } }],
  ['limits', { env: { MAX_TOKENS: '20000000000000000', TOKEN_LIMIT: '128000128000128000' } }],
  ['locales and time zones', { env: { LANG: 'en_US.UTF-8', TZ: 'America/Argentina/Buenos_Aires' } }],
  ['addresses of mail', { env: { USER_EMAIL: 'firstname.lastname2026@subsidiary.example.com' } }],
  ['class names', { env: { HANDLER: 'com.acme.ServerToolsHandlerFactoryImpl2' } }],
  ['fields that no host keeps secrets in', { id: MIXED, description: `the key is ${MIXED}`, metadata: { key: HEX } }],
])('%s', (_, entry) => {
  it('are no key', () => {
    expect(scanEntry(entry).map(({ why, value }) => [why.kind, value.reveal()])).toEqual([]);
  });
});
