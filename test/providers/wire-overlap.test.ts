import { afterEach, describe, expect, it } from 'vitest';
import { Secret } from '../../main/credentials/secret.ts';
import { neon } from '../../main/providers/neon.ts';
import { openrouter } from '../../main/providers/openrouter.ts';
import type { ListedKey, Provider } from '../../main/providers/provider.ts';
import { resend } from '../../main/providers/resend.ts';
import { send } from '../../main/providers/send.ts';
import { sendgrid } from '../../main/providers/sendgrid.ts';
import type { FakeKeyListService } from '../fakes/key-list-service.ts';
import { startNeon } from '../fakes/neon.ts';
import { startOpenRouter } from '../fakes/openrouter.ts';
import { startResend } from '../fakes/resend.ts';
import { EVERYTHING, startSendGrid } from '../fakes/sendgrid.ts';
import type { FakeService } from '../fakes/service.ts';
import { keyOf, rotate, sent, verify } from './exchange.ts';
import { attempt, LIMITS, subject } from './subject.ts';

const running: FakeService[] = [];

afterEach(async () => {
  for (const service of running.splice(0)) await service.stop();
});

async function started<S extends FakeService>(starting: Promise<S>): Promise<S> {
  const service = await starting;
  running.push(service);
  return service;
}

/** All keys that the service lists, part after part. */
async function list(
  provider: Provider,
  service: FakeKeyListService,
  key: string,
  from: string | null = null,
): Promise<readonly ListedKey[]> {
  const { overlap } = provider;
  const who = subject({ baseUrl: new URL(service.url) });
  if (!overlap) throw new Error('it has no list');
  const answer = await send(overlap.listRequest(who, new Secret(key), from), LIMITS);
  const part = overlap.readList(who, answer, from);
  if (!part) throw new Error('no list came');
  return part.next === null ? part.keys : [...part.keys, ...(await list(provider, service, key, part.next))];
}

async function revoke({ overlap }: Provider, service: FakeKeyListService, key: string, id: string) {
  const who = subject({ baseUrl: new URL(service.url) });
  if (!overlap) throw new Error('it revokes nothing');
  return overlap.readRevocation(who, await send(overlap.revokeRequest(who, new Secret(key), id), LIMITS));
}

describe('what Resend gets', () => {
  it('is its documented requests: list, second key, revocation', async () => {
    const service = await started(startResend({ name: 'mail' }));
    const [old] = service.keys;
    const headers = { Authorization: `Bearer ${old?.value}` };
    expect(await verify(resend, service, service.key)).toEqual({ state: 'accepted', account: null, settings: {} });
    expect(sent(service)).toEqual({ method: 'GET', path: '/api-keys?limit=100', headers, body: '' });
    const reading = await rotate(resend, service, service.key);
    const body = `{"name":"${attempt.name}","permission":"full_access"}`;
    expect(sent(service)).toEqual({
      method: 'POST',
      path: '/api-keys',
      headers: { ...headers, 'Content-Type': 'application/json', 'Content-Length': String(body.length) },
      body,
    });
    const fresh = service.keys.at(-1);
    expect(keyOf(reading)).toBe(fresh?.value);
    expect(reading).toMatchObject({ keyId: fresh?.id, settings: { key_id: fresh?.id, key_name: attempt.name } });
    expect(service.takes(old?.value ?? '')).toBe(true);
    expect(await revoke(resend, service, service.key, old?.id ?? '')).toEqual({ state: 'revoked' });
    expect(sent(service)).toMatchObject({ method: 'DELETE', path: `/api-keys/${old?.id}`, body: '' });
    expect(await revoke(resend, service, service.key, old?.id ?? '')).toEqual({ state: 'gone' });
    expect(await verify(resend, service, old?.value ?? '')).toMatchObject({ state: 'refused' });
    expect([service.rotations, service.revocations, service.keys.length]).toEqual([1, 1, 1]);
  });

  it('is asked for its list in parts of a hundred', async () => {
    const service = await started(startResend());
    for (let count = 1; count < 230; count++) service.addKey(`key ${count}`);
    const keys = await list(resend, service, service.key);
    expect(keys.map(({ id }) => id)).toEqual([...service.keys].reverse().map(({ id }) => id));
    expect(service.requests).toHaveLength(3);
    expect(sent(service).path).toBe(`/api-keys?limit=100&after=${keys[199]?.id}`);
  });
});

describe('what Neon gets', () => {
  it('is its documented requests: person, list, second key, revocation', async () => {
    const service = await started(startNeon({ name: 'mcp' }));
    const [old] = service.keys;
    const headers = { Authorization: `Bearer ${old?.value}` };
    const accepted = { state: 'accepted', account: 'ada@acme.example', settings: {} };
    expect(await verify(neon, service, service.key)).toEqual(accepted);
    expect(sent(service)).toEqual({ method: 'GET', path: '/api/v2/users/me', headers, body: '' });
    expect(await list(neon, service, service.key)).toEqual([{ id: old?.id, name: 'mcp', settings: {}, masked: null }]);
    expect(sent(service)).toEqual({ method: 'GET', path: '/api/v2/api_keys', headers, body: '' });
    const reading = await rotate(neon, service, service.key);
    const body = `{"key_name":"${attempt.name}"}`;
    expect(sent(service)).toEqual({
      method: 'POST',
      path: '/api/v2/api_keys',
      headers: { ...headers, 'Content-Type': 'application/json', 'Content-Length': String(body.length) },
      body,
    });
    const fresh = service.keys.at(-1);
    expect(keyOf(reading)).toBe(fresh?.value);
    expect(reading).toMatchObject({ keyId: fresh?.id, settings: { key_id: fresh?.id, key_name: attempt.name } });
    expect(await revoke(neon, service, service.key, old?.id ?? '')).toEqual({ state: 'revoked' });
    expect(sent(service)).toMatchObject({ method: 'DELETE', path: `/api/v2/api_keys/${old?.id}` });
    expect(await revoke(neon, service, service.key, old?.id ?? '')).toEqual({ state: 'gone' });
    expect(await verify(neon, service, old?.value ?? '')).toMatchObject({ state: 'refused' });
  });
});

describe('what SendGrid gets', () => {
  it('is its documented requests, and a second key that may do no more than the first', async () => {
    const scopes = ['api_keys.create', 'api_keys.delete', 'api_keys.read', 'mail.send'];
    const service = await started(startSendGrid({ scopes }));
    const [old] = service.keys;
    const headers = { Authorization: `Bearer ${old?.value}` };
    const told = await verify(sendgrid, service, service.key);
    expect(sent(service)).toEqual({ method: 'GET', path: '/v3/scopes', headers, body: '' });
    if (told.state !== 'accepted') throw new Error('not accepted');
    expect(JSON.parse(told.settings.scopes ?? '')).toEqual([...scopes, '2fa_required', 'sender_verification_eligible']);
    const reading = await rotate(sendgrid, service, service.key, { settings: told.settings });
    const body = JSON.stringify({ name: attempt.name, scopes });
    expect(sent(service)).toEqual({
      method: 'POST',
      path: '/v3/api_keys',
      headers: { ...headers, 'Content-Type': 'application/json', 'Content-Length': String(body.length) },
      body,
    });
    const fresh = service.keys.at(-1);
    expect(keyOf(reading)).toBe(fresh?.value);
    expect(reading).toMatchObject({ keyId: fresh?.id, settings: { key_id: fresh?.id, key_name: attempt.name } });
    expect(service.scopesOf(service.key)).toEqual(scopes);
    expect(await list(sendgrid, service, service.key)).toMatchObject([{ id: old?.id }, { id: fresh?.id }]);
    expect(sent(service)).toMatchObject({ method: 'GET', path: '/v3/api_keys' });
    expect(await revoke(sendgrid, service, service.key, old?.id ?? '')).toEqual({ state: 'revoked' });
    expect(sent(service)).toMatchObject({ method: 'DELETE', path: `/v3/api_keys/${old?.id}` });
    expect(await revoke(sendgrid, service, service.key, old?.id ?? '')).toEqual({ state: 'gone' });
    expect(await verify(sendgrid, service, old?.value ?? '')).toMatchObject({ state: 'refused' });
  });

  it.each([undefined, '', 'x', '[]', '{}', '[1]', '["2fa_required"]'])(
    'is nothing while it isn’t known what the old key may do (%j)',
    async (scopes) => {
      const service = await started(startSendGrid({ scopes: EVERYTHING }));
      const settings = scopes === undefined ? {} : { scopes };
      await expect(rotate(sendgrid, service, service.key, { settings })).rejects.toMatchObject({
        code: 'setting-required',
      });
      expect(service.requests).toEqual([]);
    },
  );

  it('may be a key that may not make another one: then it says no', async () => {
    const service = await started(startSendGrid({ scopes: ['mail.send'] }));
    const reading = await rotate(sendgrid, service, service.key, { settings: { scopes: '["mail.send"]' } });
    expect(reading).toMatchObject({ outcome: 'declined', code: 'forbidden' });
  });
});

describe('what OpenRouter gets', () => {
  it('is its documented requests by the management key, and a second key with the limits of the first', async () => {
    const limits = {
      limit: 100,
      limit_reset: 'monthly',
      include_byok_in_limit: true,
      expires_at: '2027-12-31T23:59:59.000Z',
    };
    const service = await started(startOpenRouter({ limits }));
    const [old] = service.keys;
    const manager = service.managementKey;
    const headers = { Authorization: `Bearer ${manager}` };
    expect(await verify(openrouter, service, service.key)).toEqual({
      state: 'accepted',
      account: null,
      settings: { management: 'false' },
    });
    expect(sent(service)).toMatchObject({ method: 'GET', path: '/api/v1/key', body: '' });
    expect(await verify(openrouter, service, manager)).toMatchObject({ settings: { management: 'true' } });
    const [entry] = await list(openrouter, service, manager);
    expect(sent(service)).toEqual({ method: 'GET', path: '/api/v1/keys', headers, body: '' });
    expect(entry?.id).toBe(old?.id);
    const reading = await rotate(openrouter, service, manager, {
      settings: { management: 'true', ...entry?.settings },
    });
    const body = JSON.stringify({ name: attempt.name, ...limits });
    expect(sent(service)).toEqual({
      method: 'POST',
      path: '/api/v1/keys',
      headers: { ...headers, 'Content-Type': 'application/json', 'Content-Length': String(body.length) },
      body,
    });
    const fresh = service.keys.at(-1);
    expect(keyOf(reading)).toBe(fresh?.value);
    expect(reading).toMatchObject({ keyId: fresh?.id, settings: { key_id: fresh?.id, key_name: attempt.name } });
    expect(service.limitsOf(service.key)).toEqual(limits);
    expect(await revoke(openrouter, service, manager, old?.id ?? '')).toEqual({ state: 'revoked' });
    expect(sent(service)).toMatchObject({ method: 'DELETE', path: `/api/v1/keys/${old?.id}` });
    expect(await revoke(openrouter, service, manager, old?.id ?? '')).toEqual({ state: 'gone' });
    expect(await verify(openrouter, service, old?.value ?? '')).toMatchObject({ state: 'refused' });
  });

  it('is a name only, for a second key in the place of one without limits', async () => {
    const service = await started(startOpenRouter());
    const [entry] = await list(openrouter, service, service.managementKey);
    await rotate(openrouter, service, service.managementKey, { settings: entry?.settings ?? {} });
    expect(JSON.parse(sent(service).body)).toEqual({ name: attempt.name, include_byok_in_limit: false });
  });

  it('is asked for its list in parts of a hundred', async () => {
    const service = await started(startOpenRouter());
    for (let count = 1; count < 230; count++) service.addKey(`key ${count}`);
    const keys = await list(openrouter, service, service.managementKey);
    expect(new Set(keys.map(({ id }) => id))).toEqual(new Set(service.keys.map(({ id }) => id)));
    expect(service.requests.map(({ path }) => path)).toEqual([
      '/api/v1/keys',
      '/api/v1/keys?offset=100',
      '/api/v1/keys?offset=200',
    ]);
  });

  it('is nothing by an ordinary key, which it does not let make another', async () => {
    const service = await started(startOpenRouter());
    expect(await rotate(openrouter, service, service.key)).toMatchObject({ outcome: 'declined', code: 'forbidden' });
    expect(service.rotations).toBe(0);
  });

  it.each([
    [{}, 'management-key'],
    [{ management: 'true' }, 'management-key'],
    [{ management: 'true', manager: 'boss' }, 'management-key'],
    [{ management: 'false' }, 'setting-required'],
    [{ management: 'false', manager: ' ' }, 'setting-required'],
  ])('is nothing for a key of which it is not known who manages it (%j)', (settings, code) => {
    expect(() => openrouter.consequences(subject({ settings }))).toThrow(
      expect.objectContaining({ code, wayOut: expect.stringContaining('management key') }),
    );
  });

  it('comes from the credential that the setting names', () => {
    expect(openrouter.managerOf({ manager: ' boss ' })).toBe('boss');
    for (const settings of [{}, { manager: '' }, { manager: ' ' }]) expect(openrouter.managerOf(settings)).toBeNull();
    for (const settings of [{ manager: 'boss' }, { manager: 'boss', management: 'false' }]) {
      expect(openrouter.consequences(subject({ settings }))).toContainEqual({ kind: 'old-key-works-until-revoked' });
    }
  });
});
