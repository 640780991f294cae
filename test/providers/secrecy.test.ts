import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../main/credentials/secret.ts';
import type { HttpAnswer } from '../../main/providers/http.ts';
import { launchdarkly } from '../../main/providers/launchdarkly.ts';
import type { Provider } from '../../main/providers/provider.ts';
import { builtInProviders } from '../../main/providers/registry.ts';
import { answer as answerOf, attempt, subject } from './subject.ts';

const word = fc.stringMatching(/^[A-Za-z0-9_-]{12,40}$/);
/** Keys as each service makes them. */
const keysOf: Readonly<Record<string, fc.Arbitrary<string>>> = {
  bitscale: word.map((rest) => `sk-live-${rest}`),
  'lightning-faucet': fc.tuple(fc.constantFrom('lf_', 'agent_'), word).map(([prefix, rest]) => prefix + rest),
  log10x: fc.uuid(),
  a2amarket: word.map((rest) => `ak_${rest}`),
  gitlab: letters(20, 40).map((rest) => `glpat-${rest}`),
  cloudflare: fc.oneof(
    letters(48).map((rest) => `cfut_${rest}`),
    letters(40),
  ),
  launchdarkly: fc.uuid().map((uuid) => `api-${uuid}`),
  portkey: fc.uint8Array({ minLength: 20, maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString('base64')),
  resend: letters(33).map((rest) => `re_${rest}`),
  neon: letters(64).map((rest) => `napi_${rest}`),
  openrouter: fc
    .uint8Array({ minLength: 32, maxLength: 32 })
    .map((bytes) => `sk-or-v1-${Buffer.from(bytes).toString('hex')}`),
  sendgrid: fc.tuple(letters(22), letters(43)).map(([id, secret]) => `SG.${id}.${secret}`),
};

function letters(min: number, max = min): fc.Arbitrary<string> {
  return fc.stringMatching(new RegExp(`^[A-Za-z0-9]{${min},${max}}$`));
}

/** Documents in which a key stands at all sorts of places, as a value, in words, and as a name. */
function documents(key: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const text = fc.oneof(
    key,
    key.map((one) => `Bad key ${one}!`),
    key.map((one) => one.split('').join('\u200b')),
    fc.string(),
  );
  const value = fc.letrec((tie) => ({
    value: fc.oneof({ depthSize: 'small' }, text, fc.integer(), fc.boolean(), fc.constant(null), tie('object')),
    object: fc.dictionary(
      fc.oneof(
        fc.constantFrom(
          'error',
          'message',
          'detail',
          'code',
          'success',
          'type',
          'id',
          'name',
          'api_key',
          'new_api_key',
        ),
        fc.constantFrom('payload', 'data', 'user', 'username', 'agent_id', 'balance', 'pending', 'hmac_secret'),
        fc.constantFrom(
          'token',
          'key',
          'result',
          'errors',
          'status',
          'hash',
          'label',
          'scopes',
          'tokenId',
          'tokenName',
        ),
        fc.constantFrom('email', 'login', 'created_at', 'expires_at', 'api_key_id', 'key_transition_expires_at'),
        text,
      ),
      tie('value'),
      { maxKeys: 6 },
    ),
  })).object;
  return value.map((document) => JSON.stringify(document));
}

const bodies = (key: fc.Arbitrary<string>): fc.Arbitrary<Buffer> =>
  fc.oneof(
    documents(key).map((text) => Buffer.from(text)),
    fc.tuple(documents(key), fc.nat()).map(([text, at]) => Buffer.from(text.slice(0, at % (text.length + 1)))),
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  );

function answers(key: fc.Arbitrary<string>, status: fc.Arbitrary<number>): fc.Arbitrary<HttpAnswer> {
  return fc.record({
    status,
    headers: fc.constantFrom(
      {},
      { 'content-type': 'application/json' },
      { 'content-type': 'text/html' },
      { 'content-encoding': 'gzip' },
      { 'content-encoding': 'br' },
    ),
    body: bodies(key),
    complete: fc.boolean(),
  });
}

const anyStatus = fc.oneof(fc.constantFrom(0, 200, 201, 302, 400, 401, 403, 404, 409, 422, 429, 500, 502), fc.nat(999));
const successOrFault = fc.oneof(fc.integer({ min: 200, max: 299 }), fc.integer({ min: 500, max: 599 }));
const subjects = fc.record({
  kind: fc.constantFrom(null, 'operator', 'agent'),
  agentId: fc.constantFrom(null, '7', 'a-1'),
  settings: fc.constantFrom({}, { agent_id: '7' }),
});

describe.each(builtInProviders)('whatever $name answers', (provider) => {
  const key = keysOf[provider.id];
  if (!key) throw new Error('no keys to test with');

  it('the reading of a rotation does not throw, and its words hold no key', () => {
    fc.assert(
      fc.property(key, (sent) => {
        const check = fc.property(answers(fc.constantFrom(sent), anyStatus), subjects, (answer, who) => {
          const reading = provider.readRotation(subject(who), answer, attempt, [new Secret(sent)]);
          expect(inspect(reading, { depth: 9 })).not.toContain(sent);
          expect(JSON.stringify(reading)).not.toContain(sent);
        });
        fc.assert(check, { numRuns: 20 });
      }),
      { numRuns: 50 },
    );
  });

  it('the reading of a verification does not throw, and its words hold no key', () => {
    fc.assert(
      fc.property(key, (sent) => {
        const check = fc.property(answers(fc.constantFrom(sent), anyStatus), subjects, (answer, who) => {
          const reading = provider.readVerification(subject(who), answer);
          expect(JSON.stringify(reading)).not.toContain(sent);
        });
        fc.assert(check, { numRuns: 20 });
      }),
      { numRuns: 50 },
    );
  });

  it('a 2xx or 5xx is never taken for a no, save for the documented ones of Lightning Faucet and Cloudflare', () => {
    fc.assert(
      fc.property(answers(key, successOrFault), subjects, (answer, who) => {
        const reading = provider.readRotation(subject(who), answer, attempt, []);
        if (reading.outcome !== 'declined') return;
        expect(['lightning-faucet', 'cloudflare']).toContain(provider.id);
        expect(answer.status).toBeLessThan(300);
        const words = provider.id === 'cloudflare' ? { errors: expect.anything() } : { error: expect.anything() };
        expect(JSON.parse(answer.body.toString())).toMatchObject({ success: false, ...words });
      }),
      { numRuns: 2_000 },
    );
  });

  it('only a 2xx gives a new key, which is never the one that was sent', () => {
    fc.assert(
      fc.property(answers(key, anyStatus), key, subjects, (answer, sent, who) => {
        const reading = provider.readRotation(subject(who), answer, attempt, [new Secret(sent)]);
        if (reading.outcome !== 'rotated') return;
        expect(answer.status).toBeGreaterThanOrEqual(200);
        expect(answer.status).toBeLessThan(300);
        expect(reading.key.reveal()).not.toBe(sent);
        expect(reading.key.reveal()).toMatch(/^[\x21-\x7e]+$/);
      }),
      { numRuns: 1_000 },
    );
  });
});

it('is not taken for an id when the service gives it for one', () => {
  const sent = 'api-01234567-89ab-4cde-8f01-23456789abcd';
  const answer = answerOf(200, { tokenId: sent, accountId: 'a', tokenName: 'mcp' });
  expect(launchdarkly.readVerification(subject(), answer)).toMatchObject({ state: 'accepted', settings: {} });
});

describe('a key of a form that nobody documented', () => {
  it.each(builtInProviders)('stands in no words of $name, when it is known', (provider) => {
    const odd = new Secret('short key "with" <odd> (parts)');
    expect(words(provider, `Bad key ${odd.reveal()}`, [odd])).toContain('Bad key [key]');
  });

  it.each(builtInProviders)('stands in no words of $name, when it is long', (provider) => {
    expect(words(provider, 'New key: Zk3_9a8b7c6d5e4f3a2b1c0d')).toContain('New key: [key]');
  });

  it.each(builtInProviders)('leaves ordinary words of $name as they are', (provider) => {
    expect(words(provider, 'Rate limit: 5 requests per second, retry after 30 s')).toContain(
      '“Rate limit: 5 requests per second, retry after 30 s”',
    );
  });

  it.each(builtInProviders)('makes the words of $name neither long nor of several lines', (provider) => {
    const said = words(provider, `a\r\nb\u001b[31m\u202e${' word'.repeat(200)}`);
    expect(said).toMatch(/“a b\[31m word word/);
    expect(said.length).toBeLessThan(300);
  });
});

function words(provider: Provider, message: string, known: readonly Secret[] = []): string {
  const body = Buffer.from(JSON.stringify({ error: message, message }));
  const reading = provider.readRotation(subject(), { status: 429, headers: {}, body, complete: true }, attempt, known);
  if (reading.outcome !== 'declined') throw new Error('not declined');
  return reading.message;
}
