import { afterEach, describe, expect, it } from 'vitest';
import { Secret } from '../../main/credentials/secret.ts';
import { cloudflare } from '../../main/providers/cloudflare.ts';
import { gitlab } from '../../main/providers/gitlab.ts';
import { launchdarkly } from '../../main/providers/launchdarkly.ts';
import { portkey } from '../../main/providers/portkey.ts';
import { startCloudflare } from '../fakes/cloudflare.ts';
import { startGitLab } from '../fakes/gitlab.ts';
import { startLaunchDarkly } from '../fakes/launchdarkly.ts';
import { startPortkey } from '../fakes/portkey.ts';
import type { FakeService } from '../fakes/service.ts';
import { keyOf, rotate, sent, verify } from './exchange.ts';
import { attempt, subject } from './subject.ts';

const running: FakeService[] = [];
const now = new Date();

afterEach(async () => {
  for (const service of running.splice(0)) await service.stop();
});

async function started<S extends FakeService>(starting: Promise<S>): Promise<S> {
  const service = await starting;
  running.push(service);
  return service;
}

describe('what GitLab gets', () => {
  it('is its documented request, for a token that lives as long as the old one did', async () => {
    const service = await started(startGitLab({ lifetimeDays: 90, now: () => now }));
    const old = service.key;
    const told = await verify(gitlab, service, old);
    expect(told).toEqual({ state: 'accepted', account: 'mcp', settings: { lifetime_days: '90' } });
    expect(sent(service)).toEqual({
      method: 'GET',
      path: '/api/v4/personal_access_tokens/self',
      headers: { 'PRIVATE-TOKEN': old },
      body: '',
    });
    const reading = await rotate(gitlab, service, old, { settings: { lifetime_days: '90' }, attempt: { now } });
    expect(sent(service)).toEqual({
      method: 'POST',
      path: '/api/v4/personal_access_tokens/self/rotate',
      headers: { 'PRIVATE-TOKEN': old, 'Content-Type': 'application/json', 'Content-Length': '27' },
      body: `{"expires_at":"${service.day(90)}"}`,
    });
    expect(keyOf(reading)).toBe(service.key);
    expect(service.expiresAt).toBe(service.day(90));
    expect(await verify(gitlab, service, service.key)).toMatchObject({ settings: { lifetime_days: '90' } });
    expect(await verify(gitlab, service, old)).toEqual({ state: 'refused', reason: 'it answered 401' });
    expect([service.takes(service.key), service.trapped]).toEqual([true, 0]);
  });

  it('is a year, and not GitLab’s own week, where the old token had no end', async () => {
    const service = await started(startGitLab({ lifetimeDays: null, now: () => now }));
    expect(await verify(gitlab, service, service.key)).toMatchObject({ settings: { lifetime_days: '365' } });
    for (const settings of [{ lifetime_days: '365' }, {}]) {
      await rotate(gitlab, service, service.key, { settings, attempt: { now } });
      expect(service.expiresAt).toBe(service.day(365));
    }
  });

  it.each(['', '/', '/api/v4', '/api/v4/'])(
    'reaches a GitLab of one’s own by its address with “%s” behind it',
    (path) => {
      const who = subject({ baseUrl: new URL(`https://git.example/team${path}`) });
      expect(gitlab.verificationRequest(who, new Secret('glpat-x')).url.href).toBe(
        'https://git.example/team/api/v4/personal_access_tokens/self',
      );
    },
  );
});

describe('what Cloudflare gets', () => {
  it('is its documented request, with the id that it tells of the token', async () => {
    const service = await started(startCloudflare());
    const old = service.key;
    const told = await verify(cloudflare, service, old);
    expect(told).toEqual({ state: 'accepted', account: null, settings: { token_id: service.tokenId } });
    expect(sent(service)).toEqual({
      method: 'GET',
      path: '/client/v4/user/tokens/verify',
      headers: { Authorization: `Bearer ${old}` },
      body: '',
    });
    const reading = await rotate(cloudflare, service, old, { settings: { token_id: service.tokenId } });
    expect(sent(service)).toEqual({
      method: 'PUT',
      path: `/client/v4/user/tokens/${service.tokenId}/value`,
      headers: { Authorization: `Bearer ${old}`, 'Content-Type': 'application/json', 'Content-Length': '2' },
      body: '{}',
    });
    expect(keyOf(reading)).toBe(service.key);
    expect(await verify(cloudflare, service, service.key)).toMatchObject({ state: 'accepted' });
    expect(await verify(cloudflare, service, old)).toEqual({ state: 'refused', reason: 'it answered 401' });
  });

  it.each(['disabled', 'expired'] as const)(
    'answers of a token that is %s, which counts as refused',
    async (status) => {
      const service = await started(startCloudflare());
      service.status = status;
      expect(await verify(cloudflare, service, service.key)).toEqual({
        state: 'refused',
        reason: `the token is ${status}`,
      });
    },
  );
});

describe('what LaunchDarkly gets', () => {
  it('is its documented request, with the id that it tells of the token', async () => {
    const service = await started(startLaunchDarkly());
    const old = service.key;
    const settings = { token_id: service.tokenId };
    expect(await verify(launchdarkly, service, old)).toEqual({ state: 'accepted', account: 'mcp', settings });
    expect(sent(service)).toEqual({
      method: 'GET',
      path: '/api/v2/caller-identity',
      headers: { Authorization: old },
      body: '',
    });
    const reading = await rotate(launchdarkly, service, old, { settings });
    expect(sent(service)).toEqual({
      method: 'POST',
      path: `/api/v2/tokens/${service.tokenId}/reset`,
      headers: { Authorization: old, 'Content-Length': '0' },
      body: '',
    });
    expect(keyOf(reading)).toBe(service.key);
    expect(reading).toMatchObject({ oldKeyWorksUntil: null });
    expect(await verify(launchdarkly, service, old)).toEqual({ state: 'refused', reason: 'it answered 401' });
  });

  it('is the time at which the old token is to die, where the person wants it to work on', async () => {
    const service = await started(startLaunchDarkly());
    const old = service.key;
    const until = new Date(now.getTime() + 60 * 60_000);
    const reading = await rotate(launchdarkly, service, old, {
      settings: { token_id: service.tokenId },
      attempt: { now, graceMinutes: 60 },
    });
    expect(sent(service).path).toBe(`/api/v2/tokens/${service.tokenId}/reset?expiry=${until.getTime()}`);
    expect(reading).toMatchObject({ outcome: 'rotated', oldKeyWorksUntil: until });
    expect([service.takes(old), service.takes(service.key)]).toEqual([true, true]);
  });
});

describe('what Portkey gets', () => {
  it('is its documented request', async () => {
    const service = await started(startPortkey());
    const old = service.key;
    const settings = { key_id: service.keyId };
    expect(await verify(portkey, service, old, { settings })).toEqual({
      state: 'accepted',
      account: 'mcp',
      settings: {},
    });
    expect(sent(service)).toEqual({
      method: 'GET',
      path: `/v1/api-keys/${service.keyId}`,
      headers: { 'x-portkey-api-key': old },
      body: '',
    });
    const reading = await rotate(portkey, service, old, { settings, attempt: { graceMinutes: 60 } });
    expect(sent(service)).toEqual({
      method: 'POST',
      path: `/v1/api-keys/${service.keyId}/rotate`,
      headers: { 'x-portkey-api-key': old, 'Content-Type': 'application/json', 'Content-Length': '36' },
      body: '{"key_transition_period_ms":3600000}',
    });
    expect(keyOf(reading)).toBe(service.key);
    expect([service.takes(old), service.takes(service.key)]).toEqual([true, true]);
  });

  it('is never less than the half hour that it takes', async () => {
    const service = await started(startPortkey({ graceScale: 0 }));
    const old = service.key;
    const reading = await rotate(portkey, service, old, { settings: { key_id: service.keyId } });
    expect(sent(service).body).toBe('{"key_transition_period_ms":1800000}');
    expect(reading.outcome).toBe('rotated');
    expect(service.takes(old)).toBe(false);
  });
});

describe('before anything is sent', () => {
  const key = new Secret('a-key');

  it.each([
    { provider: cloudflare, setting: 'token_id' },
    { provider: launchdarkly, setting: 'token_id' },
    { provider: portkey, setting: 'key_id' },
  ])('$provider.name wants to know the id of the key', ({ provider, setting }) => {
    const ask = (settings: Record<string, string>) => () =>
      provider.rotationRequest(subject({ settings }), key, attempt);
    const wayOut = expect.stringMatching(/\S/);
    expect(ask({})).toThrow(expect.objectContaining({ code: 'setting-required', wayOut }));
    expect(ask({ [setting]: ' ' })).toThrow(expect.objectContaining({ code: 'setting-required' }));
    for (const odd of ['..', '../x', 'a b', 'a/b', '%2e', 'ü']) {
      expect(ask({ [setting]: odd })).toThrow(expect.objectContaining({ code: 'setting-invalid' }));
    }
    expect(ask({ [setting]: 'abc-1' })().url.pathname).toContain('/abc-1/');
  });

  it('Portkey says so with the plan, and when it’s asked about a key', () => {
    for (const ask of [() => portkey.consequences(subject()), () => portkey.verificationRequest(subject(), key)]) {
      expect(ask).toThrow(expect.objectContaining({ code: 'setting-required' }));
    }
  });

  it('GitLab tells when the new token will end, as far as it is known', () => {
    const ends = (settings: Record<string, string>) =>
      gitlab.consequences(subject({ settings })).find(({ kind }) => kind === 'new-key-expires');
    expect(ends({ lifetime_days: '90' })).toEqual({ kind: 'new-key-expires', days: 90 });
    expect(ends({ lifetime_days: '4000' })).toEqual({ kind: 'new-key-expires', days: 365 });
    for (const odd of [{}, { lifetime_days: '0' }, { lifetime_days: 'x' }]) expect(ends(odd)).toBeUndefined();
  });
});
