import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../main/credentials/secret.ts';
import { a2amarket } from '../../main/providers/a2amarket.ts';
import { bitscale } from '../../main/providers/bitscale.ts';
import type { HttpAnswer } from '../../main/providers/http.ts';
import { lightningFaucet } from '../../main/providers/lightning-faucet.ts';
import { log10x } from '../../main/providers/log10x.ts';
import type { Provider } from '../../main/providers/provider.ts';
import { builtInProviders } from '../../main/providers/registry.ts';
import { answer, attempt, subject } from './subject.ts';

const OLD = 'sk-live-old-0123456789';
const NEW = 'sk-live-new-0123456789';
const UUID = '7c9e6679-7425-40de-944b-e07fc1f90ae7';

describe('a new key', () => {
  it.each<[string, Provider, unknown]>([
    ['BitScale', bitscale, { api_key: NEW }],
    ['BitScale with more around it', bitscale, { workspace: {}, api_key: NEW, ok: true }],
    ['Log10x', log10x, { user: { environments: [] }, api_key: NEW }],
    ['Log10x without user.environments', log10x, { user: {}, api_key: NEW }],
    ['Log10x without user', log10x, { api_key: NEW }],
    ['Log10x with an error beside it', log10x, { error: 'no environments', api_key: NEW }],
    ['Lightning Faucet', lightningFaucet, { success: true, api_key: NEW }],
    ['Lightning Faucet as new_api_key', lightningFaucet, { success: true, new_api_key: NEW }],
    ['Lightning Faucet beside an empty api_key', lightningFaucet, { success: true, api_key: '', new_api_key: NEW }],
    ['Lightning Faucet beside the old one', lightningFaucet, { success: true, api_key: OLD, new_api_key: NEW }],
    ['Lightning Faucet that says it failed', lightningFaucet, { success: false, error: 'no', api_key: NEW }],
    ['a2amarket at payload.data', a2amarket, { payload: { data: { api_key: NEW } } }],
    ['a2amarket at payload', a2amarket, { payload: { api_key: NEW } }],
    ['a2amarket at data', a2amarket, { data: { api_key: NEW } }],
    ['a2amarket at the top', a2amarket, { api_key: NEW }],
  ])('of %s is taken', (_, provider, document) => {
    expect(keyIn(read(provider, answer(200, document)))).toBe(NEW);
  });

  it('is taken whatever the form of it, since the service may have changed it', () => {
    expect(keyIn(read(bitscale, answer(200, { api_key: 'bs2.another~form' })))).toBe('bs2.another~form');
  });

  it.each([200, 201, 202])('is taken from an answer of %i', (status) => {
    expect(keyIn(read(bitscale, answer(status, { api_key: NEW })))).toBe(NEW);
  });

  it('is taken from an answer with a byte order mark, with another content type, and with bytes that aren’t UTF-8', () => {
    expect(keyIn(read(bitscale, answer(200, `\ufeff${JSON.stringify({ api_key: NEW })}`)))).toBe(NEW);
    expect(keyIn(read(bitscale, answer(200, { api_key: NEW }, { headers: { 'content-type': 'text/html' } })))).toBe(
      NEW,
    );
    const odd = Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xe9]), Buffer.from(`","api_key":"${NEW}"}`)]);
    expect(keyIn(read(bitscale, answer(200, odd)))).toBe(NEW);
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
  ] as const)('is taken from an answer that a gateway has packed with %s', (encoding, pack) => {
    const packed = pack(Buffer.from(JSON.stringify({ api_key: NEW })));
    expect(keyIn(read(bitscale, answer(200, packed, { headers: { 'content-encoding': encoding } })))).toBe(NEW);
  });

  it('is taken from a body that broke off, if it can be read', () => {
    expect(keyIn(read(bitscale, answer(200, { api_key: NEW }, { complete: false })))).toBe(NEW);
  });

  it.each<[string, unknown, string]>([
    ['empty', '', 'the answer holds no key'],
    ['null', null, 'the answer holds no key'],
    ['a number', 7, 'can’t be one'],
    ['an object', { key: NEW }, 'can’t be one'],
    ['a list', [NEW], 'can’t be one'],
    ['a space', ' ', 'can’t be one'],
    ['with a line break', `${NEW}\n`, 'can’t be one'],
    ['with a NUL', `${NEW}\0`, 'can’t be one'],
    ['with spaces', `new key ${NEW}`, 'can’t be one'],
    ['not ASCII', `${NEW}é`, 'can’t be one'],
    ['too long for a keychain', 'x'.repeat(2_001), 'can’t be one'],
    ['too long once it is written as JSON', '"'.repeat(1_001), 'can’t be one'],
    ['the old one', OLD, 'the old key'],
  ])('that is %s is in doubt', (_, value, reason) => {
    expect(read(bitscale, answer(200, { api_key: value }))).toEqual({
      outcome: 'in-doubt',
      reason: expect.stringContaining(reason),
    });
  });

  it('of 2,000 characters is taken', () => {
    expect(keyIn(read(bitscale, answer(200, { api_key: 'x'.repeat(2_000) })))).toBe('x'.repeat(2_000));
  });

  it('is not found by way of a prototype', () => {
    expect(read(bitscale, answer(200, '{"__proto__":{"api_key":"stranger-key"}}'))).toMatchObject({
      outcome: 'in-doubt',
    });
  });
});

describe('an hmac secret that comes along', () => {
  const withHmac = (hmac_secret: unknown) =>
    read(a2amarket, answer(200, { payload: { data: { api_key: NEW, hmac_secret } } }));

  it('is kept beside the key', () => {
    const reading = withHmac('c2VjcmV0');
    expect(reading.outcome === 'rotated' && reading.companions.hmac_secret?.reveal()).toBe('c2VjcmV0');
  });

  it.each([null, '', 7, 'a b', 'x'.repeat(401)])('and is no secret (%j) does not cost the key', (value) => {
    const reading = withHmac(value);
    expect(keyIn(reading)).toBe(NEW);
    expect(reading).toMatchObject({ companions: {} });
  });
});

describe('a no', () => {
  it.each([
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [409, 'conflict'],
    [422, 'invalid-request'],
    [429, 'rate-limited'],
  ])('of %i is declined as %s, with the service’s own words', (status, code) => {
    expect(read(bitscale, answer(status, { message: 'Not this time' }))).toEqual({
      outcome: 'declined',
      code,
      message: expect.stringMatching(new RegExp(`^It answered ${status}: .+ \\(“Not this time”\\)\\.$`)),
    });
  });

  it.each(['', '{}', 'Unauthorized', '[]', 'null', '"no"'])('needs no body in any form (%j)', (body) => {
    expect(read(bitscale, answer(401, body, { headers: {} }))).toEqual({
      outcome: 'declined',
      code: 'unauthorized',
      message: 'It answered 401: it does not accept the key.',
    });
  });

  it.each<[unknown]>([[{ error: 'Words' }], [{ error: { message: 'Words' } }], [{ detail: 'Words' }]])(
    'gives its words wherever they stand (%j)',
    (document) =>
      expect(read(bitscale, answer(429, document))).toMatchObject({ message: expect.stringContaining('Words') }),
  );

  it('of Log10x to a demo account says so', () => {
    expect(read(log10x, answer(403, { message: 'Forbidden' }))).toEqual({
      outcome: 'declined',
      code: 'demo-account',
      message: 'It answered 403: demo accounts can’t rotate their key (“Forbidden”).',
    });
  });

  it.each([
    ['UNAUTHORIZED', 'unauthorized'],
    ['AGENT_NOT_FOUND', 'agent-not-found'],
    ['AGENT_SUSPENDED', 'agent-suspended'],
    ['RATE_LIMITED', 'rate-limited'],
    ['IDEMPOTENCY_CONFLICT', 'idempotency-conflict'],
    ['INVALID_SIGNATURE', 'invalid-signature'],
  ])('of a2amarket with its code %s is declined, with any status of 4xx', (code, ours) => {
    const document = { error: { code, message: 'Words', http_status: 400 } };
    expect(read(a2amarket, answer(400, document))).toMatchObject({ outcome: 'declined', code: ours });
    expect(read(a2amarket, answer(502, document))).toMatchObject({ outcome: 'in-doubt' });
    expect(read(a2amarket, answer(408, document))).toMatchObject({ outcome: 'in-doubt' });
    expect(read(a2amarket, answer(200, document))).toMatchObject({ outcome: 'in-doubt' });
  });

  it.each(['SOMETHING_ELSE', '__proto__', 'constructor', 7, null])(
    'of a2amarket with an unknown code (%j) goes by its status',
    (code) => {
      expect(read(a2amarket, answer(400, { error: { code } }))).toMatchObject({ outcome: 'in-doubt' });
      expect(read(a2amarket, answer(404, { error: { code } }))).toMatchObject({ code: 'not-found' });
    },
  );

  it('of Lightning Faucet comes with status 200', () => {
    expect(read(lightningFaucet, answer(200, { success: false, error: 'Agent not found' }))).toEqual({
      outcome: 'declined',
      code: 'declined',
      message: 'It said “Agent not found”.',
    });
  });

  it.each<[string, unknown]>([
    ['gives no reason', { success: false }],
    ['goes on', { success: false, error: 'in flight', pending: true }],
    ['comes with something in place of a key', { success: false, error: 'no', api_key: 'a b' }],
    ['is success without a key', { success: true, message: 'API key rotated' }],
    ['says success as a text', { success: 'false', error: 'no' }],
  ])('of Lightning Faucet that %s is in doubt', (_, document) => {
    expect(read(lightningFaucet, answer(200, document))).toMatchObject({ outcome: 'in-doubt' });
  });
});

describe('an answer that decides nothing', () => {
  it.each([0, 100, 300, 301, 302, 303, 304, 307, 308, 400, 405, 408, 410, 418, 499, 500, 501, 502, 503, 504, 520])(
    'of %i is in doubt for every provider',
    (status) => {
      // GitLab documents these two as its no.
      const all = builtInProviders.filter(({ id }) => id !== 'gitlab' || (status !== 400 && status !== 405));
      for (const provider of all) {
        expect(read(provider, answer(status, { message: 'Words' }))).toMatchObject({ outcome: 'in-doubt' });
      }
    },
  );

  it.each<[string, HttpAnswer, string]>([
    ['not JSON', answer(200, 'rotated!'), 'the answer is not JSON'],
    ['empty', answer(204, ''), 'the answer is not JSON'],
    ['cut off', answer(200, '{"api_key":"sk-li', { complete: false }), 'the answer broke off'],
    ['the same JSON twice', answer(200, '{"api_key":"a"}{"api_key":"a"}'), 'the answer is not JSON'],
    ['without a key', answer(200, { message: 'rotated' }), 'the answer holds no key'],
    ['a text', answer(200, '"key"'), 'the answer holds no key'],
    ['null', answer(200, 'null'), 'the answer holds no key'],
    ['a list', answer(200, '[{"api_key":"abcdefgh"}]'), 'the answer holds no key'],
    ['a redirect', answer(302, ''), 'it answered 302, a redirect, which Rekey does not follow'],
    ['no HTTP', answer(0, 'AHOY'), 'what came was not an answer in HTTP'],
    ['a no with a new key in it', answer(409, { api_key: NEW }), 'it answered 409'],
    [
      'a no in a web page',
      answer(403, '<html>Blocked</html>', { headers: { 'content-type': 'text/html' } }),
      'it answered 403',
    ],
    [
      'a no in a web page that says nothing of it',
      answer(401, ' \n<!doctype html>', { headers: {} }),
      'it answered 401',
    ],
  ])('(%s) is in doubt', (_, came, reason) => {
    expect(read(bitscale, came)).toEqual({ outcome: 'in-doubt', reason });
  });

  it('is not read past 4 MB when it was packed to be a trap', () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000, 'x'));
    expect(bomb.length).toBeLessThan(100_000);
    const came = answer(200, bomb, { headers: { 'content-encoding': 'gzip' } });
    expect(read(bitscale, came)).toMatchObject({ outcome: 'in-doubt' });
  });
});

describe('the key of the wrong kind', () => {
  it('never takes the place of an operator’s, nor of an agent’s', () => {
    const operator = subject({ kind: 'operator' });
    const agent = subject({ kind: 'operator', agentId: '7' });
    const came = (api_key: string) => answer(200, { success: true, api_key });
    const read = lightningFaucet.readRotation;
    expect(read(operator, came('agent_0123456789'), attempt, [])).toMatchObject({ outcome: 'in-doubt' });
    expect(read(agent, came('lf_0123456789'), attempt, [])).toMatchObject({ outcome: 'in-doubt' });
    expect(read(operator, came('lf_0123456789'), attempt, [])).toMatchObject({ outcome: 'rotated' });
    expect(read(agent, came('agent_0123456789'), attempt, [])).toMatchObject({ outcome: 'rotated' });
    expect(read(agent, came('of-another-form'), attempt, [])).toMatchObject({ outcome: 'rotated' });
  });
});

describe('the withdrawals that Lightning Faucet blocks', () => {
  const now = attempt.now.getTime();
  const until = (cooldown_until: unknown, agentId: string | null = null) => {
    const came = answer(200, { success: true, api_key: 'another-form', cooldown_until });
    const reading = lightningFaucet.readRotation(subject({ kind: 'operator', agentId }), came, attempt, []);
    if (reading.outcome !== 'rotated') throw new Error('not rotated');
    expect(reading.cooldown?.what).toBe('withdrawals');
    return (reading.cooldown?.until.getTime() ?? 0) - now;
  };
  const minutes = (count: number) => count * 60_000;

  it.each<[string, unknown]>([
    ['ISO', '2026-11-20T12:45:00.000Z'],
    ['ISO with an offset', '2026-11-20T14:45:00+02:00'],
    ['a database’s form, which is UTC', '2026-11-20 12:45:00'],
    ['ISO without a zone', '2026-11-20T12:45:00'],
    ['Unix time', Date.UTC(2026, 10, 20, 12, 45) / 1_000],
    ['Unix time in milliseconds', Date.UTC(2026, 10, 20, 12, 45)],
    ['Unix time as text', String(Date.UTC(2026, 10, 20, 12, 45) / 1_000)],
  ])('are counted by its own date (%s)', (_, value) => {
    expect(until(value)).toBe(minutes(45));
  });

  it.each([undefined, null, '', 'soon', {}, -1, 0, '2026-11-20T11:59:59Z', '2028-01-01T00:00:00Z', 1e300])(
    'are counted by the documented minutes when the date is missing or makes no sense (%j)',
    (value) => {
      expect(until(value)).toBe(minutes(60));
      expect(until(value, '7')).toBe(minutes(30));
    },
  );
});

describe('the reading of one provider', () => {
  it('takes a UUID of Log10x', () => {
    expect(keyIn(read(log10x, answer(200, { user: {}, api_key: UUID })))).toBe(UUID);
  });
});

function read(provider: Provider, came: HttpAnswer) {
  return provider.readRotation(subject(), came, attempt, [new Secret(OLD)]);
}

function keyIn(reading: ReturnType<Provider['readRotation']>): string | null {
  return reading.outcome === 'rotated' ? reading.key.reveal() : null;
}
