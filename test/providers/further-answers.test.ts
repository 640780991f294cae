import { describe, expect, it } from 'vitest';
import { Secret } from '../../main/credentials/secret.ts';
import { cloudflare } from '../../main/providers/cloudflare.ts';
import { gitlab } from '../../main/providers/gitlab.ts';
import type { HttpAnswer } from '../../main/providers/http.ts';
import { launchdarkly } from '../../main/providers/launchdarkly.ts';
import { neon } from '../../main/providers/neon.ts';
import { openrouter } from '../../main/providers/openrouter.ts';
import { portkey } from '../../main/providers/portkey.ts';
import type { Attempt, Provider } from '../../main/providers/provider.ts';
import { resend } from '../../main/providers/resend.ts';
import { sendgrid } from '../../main/providers/sendgrid.ts';
import { answer, attempt, subject } from './subject.ts';

const OLD = 'the-old-key-0123456789';
const NEW = 'the-new-key-0123456789';

const read = (provider: Provider, came: HttpAnswer, mine: Partial<Attempt> = {}) =>
  provider.readRotation(subject(), came, { ...attempt, ...mine }, [new Secret(OLD)]);
const ask = (provider: Provider, came: HttpAnswer) => provider.readVerification(subject(), came);

describe('a new key', () => {
  it.each<[string, Provider, unknown]>([
    ['GitLab', gitlab, { id: 43, token: NEW, expires_at: '2026-08-31' }],
    ['GitLab with an error beside it', gitlab, { message: 'no', token: NEW }],
    ['Cloudflare', cloudflare, { success: true, errors: [], messages: [], result: NEW }],
    ['Cloudflare that says it failed', cloudflare, { success: false, errors: [{ message: 'no' }], result: NEW }],
    ['Cloudflare one level deeper', cloudflare, { result: { value: NEW } }],
    ['LaunchDarkly', launchdarkly, { _id: 'a1', name: 'mcp', token: NEW }],
    ['Portkey', portkey, { id: 'k-1', key: NEW, key_transition_expires_at: '2026-11-20T13:00:00.000Z' }],
    ['Portkey one level deeper', portkey, { data: { key: NEW } }],
    ['Resend', resend, { id: 'k-1', token: NEW }],
    ['Neon', neon, { id: 3_068_005, name: 'n', key: NEW }],
    ['OpenRouter', openrouter, { data: { hash: 'h-1' }, key: NEW }],
    ['OpenRouter one level deeper', openrouter, { data: { hash: 'h-1', key: NEW } }],
    ['SendGrid', sendgrid, { api_key_id: 'k-1', api_key: NEW, name: 'n', scopes: ['mail.send'] }],
  ])('of %s is taken', (_, provider, document) => {
    for (const status of [200, 201]) {
      const reading = read(provider, answer(status, document));
      expect(reading.outcome === 'rotated' && reading.key.reveal()).toBe(NEW);
    }
  });

  it.each<[string, Provider, unknown, string]>([
    ['Resend', resend, { id: 'k-1', token: NEW }, 'k-1'],
    ['Neon', neon, { id: 3_068_005, key: NEW }, '3068005'],
    ['OpenRouter', openrouter, { data: { hash: 'h-1' }, key: NEW }, 'h-1'],
    ['SendGrid', sendgrid, { api_key_id: 'k-1', api_key: NEW }, 'k-1'],
  ])('of %s is known by its id and its name from then on', (_, provider, document, id) => {
    const settings = { key_id: id, key_name: attempt.name };
    expect(read(provider, answer(201, document))).toMatchObject({ keyId: id, settings });
  });

  it.each<[string, Provider, Record<string, unknown>]>([
    ['Resend', resend, { token: NEW }],
    ['Neon', neon, { key: NEW, id: '../x' }],
    ['OpenRouter', openrouter, { key: NEW, data: { hash: null } }],
    ['SendGrid', sendgrid, { api_key: NEW, api_key_id: {} }],
  ])('of %s without an id is taken all the same, and the id of the old one goes', (_, provider, document) => {
    expect(read(provider, answer(201, document))).toMatchObject({
      outcome: 'rotated',
      keyId: null,
      settings: { key_id: '', key_name: attempt.name },
    });
  });

  it.each([gitlab, cloudflare, launchdarkly, portkey, resend, neon, openrouter, sendgrid])(
    'of $name that is the old one is in doubt',
    (provider) => {
      const document = { token: OLD, key: OLD, api_key: OLD, result: OLD };
      expect(read(provider, answer(200, document))).toEqual({
        outcome: 'in-doubt',
        reason: 'the answer gives the old key as the new one',
      });
    },
  );
});

describe('the end of the old key', () => {
  const until = (provider: Provider, document: object, graceMinutes: number) => {
    const reading = read(provider, answer(200, { token: NEW, key: NEW, ...document }), { graceMinutes });
    return reading.outcome === 'rotated' ? reading.oldKeyWorksUntil?.toISOString() : undefined;
  };

  it('is at LaunchDarkly what was asked for', () => {
    expect(until(launchdarkly, {}, 60)).toBe('2026-11-20T13:00:00.000Z');
    expect(until(launchdarkly, {}, 0)).toBeUndefined();
  });

  it('is at Portkey what it tells', () => {
    expect(until(portkey, { key_transition_expires_at: '2026-11-20T12:59:00Z' }, 60)).toBe('2026-11-20T12:59:00.000Z');
  });

  it.each([undefined, null, '', 'soon', 7, {}])('is at Portkey what was asked for when it tells %j', (odd) => {
    expect(until(portkey, { key_transition_expires_at: odd }, 60)).toBe('2026-11-20T13:00:00.000Z');
    expect(until(portkey, { key_transition_expires_at: odd }, 0)).toBe('2026-11-20T12:30:00.000Z');
  });
});

describe('a no', () => {
  it.each<[Provider, number, unknown, string, string]>([
    [gitlab, 400, { message: '400 Bad request - Token already revoked' }, 'declined', 'Token already revoked'],
    [gitlab, 401, { error: 'invalid_token', error_description: 'Token was revoked.' }, 'unauthorized', 'was revoked'],
    [gitlab, 403, { error: 'insufficient_scope' }, 'forbidden', 'self_rotate'],
    [gitlab, 405, { message: '405 Method Not Allowed' }, 'not-a-personal-token', 'not a personal access token'],
    [
      cloudflare,
      403,
      { success: false, errors: [{ code: 9109, message: 'Unauthorized' }] },
      'forbidden',
      'Unauthorized',
    ],
    [cloudflare, 400, { success: false, errors: [{ message: 'Bad' }], result: null }, 'declined', 'It said “Bad”.'],
    [cloudflare, 200, { success: false, errors: [{ message: 'Bad' }] }, 'declined', 'It said “Bad”.'],
    [launchdarkly, 403, { code: 'forbidden', message: 'Not yours' }, 'forbidden', 'Not yours'],
    [
      portkey,
      403,
      { success: false, data: { message: 'Not enough permissions' } },
      'forbidden',
      'Not enough permissions',
    ],
    [resend, 429, { name: 'rate_limit_exceeded', message: 'Slow down' }, 'rate-limited', 'Slow down'],
    [neon, 422, { code: '', message: 'Too many keys' }, 'invalid-request', 'Too many keys'],
    [openrouter, 401, { error: { code: 401, message: 'User not found.' } }, 'unauthorized', 'User not found.'],
    [sendgrid, 403, { errors: [{ field: null, message: 'access forbidden' }] }, 'forbidden', 'access forbidden'],
  ])('of $name with %i is declined, in its own words', (provider, status, document, code, words) => {
    expect(read(provider, answer(status, document))).toEqual({
      outcome: 'declined',
      code,
      message: expect.stringContaining(words),
    });
  });

  it.each<[string, number, unknown]>([
    ['without words', 400, { success: false, errors: [] }],
    ['with something in the place of a token', 400, { success: false, errors: [{ message: 'Bad' }], result: 'a b' }],
    ['of 502', 502, { success: false, errors: [{ message: 'Bad' }], result: null }],
    ['of 408', 408, { success: false, errors: [{ message: 'Bad' }], result: null }],
    ['that is a yes', 200, { success: true, errors: [{ message: 'Bad' }], result: null }],
  ])('of Cloudflare %s is in doubt', (_, status, document) => {
    expect(read(cloudflare, answer(status, document))).toMatchObject({ outcome: 'in-doubt' });
  });
});

describe('whether a key is good', () => {
  const accepted = (account: string | null, settings = {}) => ({ state: 'accepted', account, settings });
  const unknown = { state: 'unknown', reason: expect.any(String) };
  const refused = { state: 'refused', reason: expect.any(String) };

  it.each<[Provider, number, unknown, unknown]>([
    [gitlab, 200, { id: 42, name: 'mcp', user_id: 3, scopes: ['api'] }, accepted('mcp')],
    [gitlab, 200, { id: 42, revoked: true, active: false }, refused],
    [gitlab, 403, { error: 'insufficient_scope', error_description: 'x' }, unknown],
    [cloudflare, 200, { success: true, result: { id: 't-1', status: 'active' } }, accepted(null, { token_id: 't-1' })],
    [cloudflare, 200, { success: true, result: { id: 't-1', status: 'expired' } }, refused],
    [cloudflare, 200, { success: true, result: { id: 't-1', status: 'asleep' } }, unknown],
    [cloudflare, 200, { success: false, result: { id: 't-1', status: 'active' } }, unknown],
    [cloudflare, 200, { success: true, result: { id: '../x', status: 'active' } }, unknown],
    [cloudflare, 401, { success: false, errors: [{ code: 1000, message: 'Invalid API Token' }] }, refused],
    [cloudflare, 400, { success: false, errors: [{ code: 6003, message: 'Invalid request headers' }] }, unknown],
    [launchdarkly, 200, { tokenId: 't-1', tokenName: 'mcp' }, accepted('mcp', { token_id: 't-1' })],
    [launchdarkly, 200, { accountId: 'a-1', authKind: 'token' }, accepted(null)],
    [launchdarkly, 200, { authKind: 'token' }, unknown],
    [portkey, 200, { id: 'k-1', name: 'mcp', object: 'api-key' }, accepted('mcp')],
    [portkey, 403, { data: { message: 'You do not have enough permissions' } }, unknown],
    [portkey, 401, { status: 'failure', message: 'Invalid API Key. Error Code: 03' }, refused],
    [portkey, 404, { data: { message: 'API key not found' } }, unknown],
    [resend, 200, { object: 'list', data: [] }, accepted(null)],
    [
      resend,
      401,
      { name: 'restricted_api_key', message: 'This API key is restricted to only send emails.' },
      accepted(null),
    ],
    [resend, 400, { name: 'validation_error', message: 'API key is invalid' }, refused],
    [resend, 403, { name: 'invalid_api_key', message: 'API key is invalid' }, refused],
    [resend, 400, { name: 'validation_error', message: 'Another field' }, unknown],
    [neon, 200, { id: 'u-1', login: 'ada', email: 'ada@acme.example' }, accepted('ada@acme.example')],
    [neon, 200, { id: 'u-1', login: 'ada' }, accepted('ada')],
    [neon, 200, { id: 'u-1' }, accepted('u-1')],
    [neon, 200, { login: 'ada' }, unknown],
    [openrouter, 200, { data: { label: 'sk-or-v1-0e6...c96' } }, accepted(null, { management: 'false' })],
    [
      openrouter,
      200,
      { data: { label: 'x', is_provisioning_key: true } },
      accepted('management key', { management: 'true' }),
    ],
    [openrouter, 200, { data: { usage: 1 } }, unknown],
    [sendgrid, 200, { scopes: ['mail.send', 'Odd One'] }, accepted(null, { scopes: '["mail.send"]' })],
    [sendgrid, 200, { scopes: 'mail.send' }, unknown],
    [sendgrid, 200, { scopes: ['mail.send', 7] }, unknown],
  ])('$name tells with %i and %j', (provider, status, document, reading) => {
    expect(ask(provider, answer(status, document))).toEqual(reading);
  });
});
