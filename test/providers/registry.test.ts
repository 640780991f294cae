import { describe, expect, it } from 'vitest';
import { Secret } from '../../main/credentials/secret.ts';
import type { Machine } from '../../main/machine.ts';
import { parseBaseUrl } from '../../main/providers/base-url.ts';
import { ProviderViewSchema } from '../../main/providers/provider.schema.ts';
import type { Provider } from '../../main/providers/provider.ts';
import { ProviderError } from '../../main/providers/provider-error.ts';
import { builtInProviders, ProviderRegistry } from '../../main/providers/registry.ts';
import { subject } from './subject.ts';

const registry = new ProviderRegistry(builtInProviders);
const get = (id: string) => registry.get(id);

describe('the registry', () => {
  it('knows the four services of the seeds, and eight more', () => {
    expect(registry.all().map(({ id }) => id)).toEqual(Object.keys(KEYS));
    for (const provider of registry.all()) expect(registry.get(provider.id)).toBe(provider);
  });

  it.each(['', 'BitScale', 'openai', '__proto__', 'constructor'])('does not know %j, and says which it knows', (id) => {
    expect(() => get(id)).toThrow(ProviderError);
    expect(() => get(id)).toThrow(expect.objectContaining({ code: 'provider-unknown' }));
    expect(() => get(id)).toThrow(expect.objectContaining({ wayOut: expect.stringContaining('bitscale, lightning') }));
  });

  it.each(builtInProviders)('gives pages a valid view of $name', (provider) => {
    expect(ProviderViewSchema.parse(registry.view(provider))).toEqual(registry.view(provider));
  });
});

describe.each(builtInProviders)('$name', (provider) => {
  it('has only https addresses, each of which a person could type', () => {
    for (const url of [provider.keysPage, ...provider.baseUrls]) expect(url).toMatch(/^https:/);
    for (const url of provider.baseUrls) expect(parseBaseUrl(url).href.replace(/\/$/, '')).toBe(url);
  });

  it('tells the pattern of a key, as a whole and without memory', () => {
    const key = KEYS[provider.id] ?? '';
    for (const _ of [1, 2]) expect(provider.keyPattern.test(key)).toBe(true);
    for (const odd of ['', ' ', `${key} `, ` ${key}`, `${key}\n`, `x${key}`, `${key}\0`, STRANGER]) {
      expect(provider.keyPattern.test(odd)).toBe(false);
    }
  });

  it('takes no other service’s keys', () => {
    const others = Object.entries(KEYS).filter(([id]) => id !== provider.id);
    for (const [, key] of others) expect(provider.keyPattern.test(key)).toBe(false);
  });

  it('has public beginnings that its keys do have', () => {
    const key = KEYS[provider.id] ?? '';
    if (provider.keyPrefixes.length > 0) expect(provider.keyPrefixes.some((one) => key.startsWith(one))).toBe(true);
  });

  it('says what becomes of the old key, and that other machines stop', () => {
    const kinds = consequencesOf(provider).map(({ kind }) => kind);
    const [oldKey, wayBack] =
      END_OF_OLD_KEY[provider.strategy === 'overlap' ? 'overlap' : provider.grace ? 'grace' : 'none'];
    expect(kinds).toEqual(expect.arrayContaining([oldKey, 'other-machines-stop']));
    expect(kinds.filter((kind) => kind.startsWith('old-key-'))).toEqual([oldKey]);
    expect(kinds.includes('irreversible')).toBe(!wayBack);
  });

  it('offers only times for the old key that have a default, and lists keys only where a second one is made', () => {
    const { grace, overlap, strategy } = provider;
    if (grace) expect(grace.choices).toContain(grace.default);
    expect(overlap !== null).toBe(strategy === 'overlap');
    if (strategy === 'overlap') expect(grace?.choices).toContain(0);
  });
});

/** What each way of rotating does to the old key, and whether there is a way back. */
const END_OF_OLD_KEY = {
  none: ['old-key-dies-at-once', false],
  grace: ['old-key-works-for-a-while', false],
  overlap: ['old-key-works-until-revoked', true],
} as const;

function consequencesOf(provider: Provider) {
  const settings = { agent_id: 'a-1', key_id: 'k-1', manager: 'boss' };
  return provider.consequences(subject({ kind: provider.kindOf(new Secret(KEYS[provider.id] ?? '')), settings }));
}

describe('the withdrawals of Lightning Faucet', () => {
  it.each([
    [null, 60],
    ['7', 30],
  ])('(agent %s) are told beforehand to be blocked for %i minutes', (agentId, minutes) => {
    const told = registry.get('lightning-faucet').consequences(subject({ kind: 'operator', agentId }));
    expect(told).toContainEqual({ kind: 'blocked', what: 'withdrawals', minutes });
  });
});

describe('a fresh key of Log10x', () => {
  it('is asked about for up to 30 seconds', () => {
    expect(registry.get('log10x').verifyPatienceSeconds).toBe(30);
  });
});

describe('a service’s own credentials file', () => {
  const linux: Machine = { platform: 'linux', home: '/home/ada', env: {} };
  const windows: Machine = { platform: 'win32', home: 'C:\\Users\\Ada', env: {} };
  const paths = (id: string, machine: Machine) =>
    registry
      .get(id)
      .credentialsFiles(machine)
      .map(({ path }) => path);

  it('of Lightning Faucet lies in the home folder, with a field for each kind of key', () => {
    expect(paths('lightning-faucet', linux)).toEqual(['/home/ada/.lightning-wallet/credentials.json']);
    expect(paths('lightning-faucet', windows)).toEqual(['C:\\Users\\Ada\\.lightning-wallet\\credentials.json']);
    expect(registry.get('lightning-faucet').credentialsFiles(linux)[0]?.slots).toEqual([
      { path: ['operator', 'api_key'], kind: 'operator', ownerPath: ['operator', 'id'] },
      { path: ['agent', 'api_key'], kind: 'agent', ownerPath: ['agent', 'id'] },
    ]);
  });

  it('of Log10x lies in the home folder, with one field', () => {
    expect(paths('log10x', linux)).toEqual(['/home/ada/.log10x/credentials']);
    expect(paths('log10x', windows)).toEqual(['C:\\Users\\Ada\\.log10x\\credentials']);
    expect(registry.get('log10x').credentialsFiles(linux)[0]?.slots).toEqual([
      { path: ['apiKey'], kind: null, ownerPath: null },
    ]);
  });

  it('is looked for where its variable says, and in its usual place too', () => {
    const env = { LIGHTNING_WALLET_HOME: '/srv/wallet/', LOG10X_CREDENTIALS_PATH: '/srv/log10x.json' };
    expect(paths('lightning-faucet', { ...linux, env })).toEqual([
      '/srv/wallet/credentials.json',
      '/home/ada/.lightning-wallet/credentials.json',
    ]);
    expect(paths('log10x', { ...linux, env })).toEqual(['/srv/log10x.json', '/home/ada/.log10x/credentials']);
    const moved = { LIGHTNING_WALLET_HOME: 'D:\\wallet' };
    expect(paths('lightning-faucet', { ...windows, env: moved })[0]).toBe('D:\\wallet\\credentials.json');
  });

  it('is listed once when both are the same, and a relative variable is passed over', () => {
    const same = { LOG10X_CREDENTIALS_PATH: '/home/ada/.log10x/credentials' };
    expect(paths('log10x', { ...linux, env: same })).toHaveLength(1);
    expect(paths('log10x', { ...linux, env: { LOG10X_CREDENTIALS_PATH: 'here.json' } })).toHaveLength(1);
    expect(paths('log10x', { ...linux, env: { LOG10X_CREDENTIALS_PATH: '' } })).toHaveLength(1);
  });

  it('does not exist for the others', () => {
    expect([...paths('bitscale', linux), ...paths('a2amarket', linux)]).toEqual([]);
  });
});

describe('a token of Cloudflare as they were made before', () => {
  const old = 'Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY';
  const fits = (key: string) => registry.get('cloudflare').keyPattern.test(key);

  it('is any 40 characters', () => {
    expect([fits(old), fits(old.slice(1)), fits(`${old}x`)]).toEqual([true, false, false]);
    expect(fits(`-${old.slice(2)}_`)).toBe(true);
  });

  it.each([
    ['LaunchDarkly', 'api-7c9e6679-7425-40de-944b-e07fc1f90ae7'],
    ['GitHub', `ghp_${old.slice(4)}`],
    ['npm', `npm_${old.slice(4)}`],
    ['Resend', `re_${old.slice(3)}`],
    ['an account of Cloudflare', `cfat_${old}`],
  ])('is not a key of %s that has as many', (_, key) => expect(fits(key)).toBe(false));
});

describe('a token of GitLab', () => {
  const fits = (key: string) => registry.get('gitlab').keyPattern.test(key);

  it('may end with a version and a checksum', () => {
    const long = 'glpat-0123456789abcdefghijklmnopq';
    for (const key of [long, `${long}.0w1a2b3c4`, `${long}.01.0w1a2b3c4`]) expect(fits(key)).toBe(true);
    for (const key of ['glpat-short', `${long}.keep`, `glptt-${long}`]) expect(fits(key)).toBe(false);
  });
});

describe('a key of Portkey', () => {
  const fits = (key: string) => registry.get('portkey').keyPattern.test(key);

  it('looks like base64, so that keys with other signs are none', () => {
    for (const key of ['Zm9vYmFyYmF6cXV4+2/0123456A=', 'UVEiFCP8iHZT0PgWyb5xDNFGIzb1']) expect(fits(key)).toBe(true);
    for (const key of ['Zm9vYmFyYmF6', 'Zm9vYmFyYmF6cXV4-2_0123456A', 'hf_Zm9vYmFyYmF6cXV42012345'])
      expect(fits(key)).toBe(false);
  });
});

/** A key of a service that isn't among them. */
const STRANGER = 'sk-proj-0123456789abcdef';
const KEYS: Readonly<Record<string, string>> = {
  bitscale: 'sk-live-0123456789abcdef',
  'lightning-faucet': 'lf_0123456789abcdef',
  log10x: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
  a2amarket: 'ak_0123456789abcdef',
  gitlab: 'glpat-0123456789abcdefghij',
  cloudflare: `cfut_${'0123456789abcdef'.repeat(3)}`,
  launchdarkly: 'api-7c9e6679-7425-40de-944b-e07fc1f90ae7',
  portkey: 'pk_live_0123456789abcdef',
  resend: 're_01234567_0123456789abcdefghijklmn',
  neon: `napi_${'0123456789abcdef'.repeat(4)}`,
  openrouter: `sk-or-v1-${'0123456789abcdef'.repeat(4)}`,
  sendgrid: 'SG.0123456789abcdefghijkl.0123456789abcdefghijklmnopqrstuvwxyz0123456',
};
