import { afterEach, describe, expect, it } from 'vitest';
import { startCloudflare } from '../fakes/cloudflare.ts';
import { startGitLab } from '../fakes/gitlab.ts';
import { startLaunchDarkly } from '../fakes/launchdarkly.ts';
import { startNeon } from '../fakes/neon.ts';
import { startOpenRouter } from '../fakes/openrouter.ts';
import { startPortkey } from '../fakes/portkey.ts';
import { startResend } from '../fakes/resend.ts';
import { startSendGrid } from '../fakes/sendgrid.ts';
import type { FakeService } from '../fakes/service.ts';

const running: FakeService[] = [];

afterEach(async () => {
  for (const service of running.splice(0)) await service.stop();
});

async function started<S extends FakeService>(starting: Promise<S>): Promise<S> {
  const service = await starting;
  running.push(service);
  return service;
}

/** Status of the answer, and what it says. */
async function call(url: string, method: string, headers: Record<string, string>, body: string | null = null) {
  const response = await fetch(url, { method, headers, body });
  const text = await response.text();
  return { status: response.status, document: text === '' ? null : (JSON.parse(text) as unknown) };
}

const JSON_TYPE = { 'Content-Type': 'application/json' };
const bearer = (key: string) => ({ Authorization: `Bearer ${key}` });

describe('the trap of GitLab', () => {
  it('springs when a dead token is rotated once more: its successor dies too', async () => {
    const service = await started(startGitLab());
    const [url, old] = [`${service.url}/api/v4/personal_access_tokens/self`, service.key];
    const rotate = () => call(`${url}/rotate`, 'POST', { 'PRIVATE-TOKEN': old });
    expect(await rotate()).toMatchObject({ status: 200, document: { token: service.key } });
    // Without a date of its own it ends after a week.
    expect(service.expiresAt).toBe(service.day(7));
    expect(service.takes(service.key)).toBe(true);
    expect(await rotate()).toMatchObject({ status: 401, document: { error: 'invalid_token' } });
    expect([service.takes(service.key), service.trapped, service.rotations]).toEqual([false, 1, 1]);
    expect(await call(url, 'GET', { 'PRIVATE-TOKEN': service.key })).toMatchObject({ status: 401 });
  });

  it('does not spring when a dead token is asked about, nor by a token that nobody knows', async () => {
    const service = await started(startGitLab());
    const [url, old] = [`${service.url}/api/v4/personal_access_tokens/self`, service.key];
    await call(`${url}/rotate`, 'POST', { 'PRIVATE-TOKEN': old });
    expect(await call(url, 'GET', { 'PRIVATE-TOKEN': old })).toMatchObject({ status: 401 });
    expect(await call(`${url}/rotate`, 'POST', { 'PRIVATE-TOKEN': 'glpat-stranger' })).toMatchObject({ status: 401 });
    expect([service.takes(service.key), service.trapped]).toEqual([true, 0]);
  });
});

describe('a stand-in is as strict as the service', () => {
  it('GitLab takes no bearer token, and no date that it does not grant', async () => {
    const service = await started(startGitLab());
    const url = `${service.url}/api/v4/personal_access_tokens/self/rotate`;
    const key = { 'PRIVATE-TOKEN': service.key };
    expect(await call(url, 'POST', bearer(service.key))).toMatchObject({ status: 401 });
    for (const expires_at of [service.day(0), service.day(366), 'soon', 7]) {
      const body = JSON.stringify({ expires_at });
      expect(await call(url, 'POST', { ...key, ...JSON_TYPE }, body)).toMatchObject({ status: 400 });
    }
    expect(await call(url, 'POST', key, '{"expires_at":"2030-01-01"}')).toMatchObject({ status: 400 });
    expect(await call(url, 'POST', { ...key, ...JSON_TYPE }, '{"more":1}')).toMatchObject({ status: 400 });
    expect([service.rotations, service.rotationRequests]).toEqual([0, 7]);
  });

  it('Cloudflare rolls only its own token, by exactly {}', async () => {
    const service = await started(startCloudflare());
    const url = (id: string) => `${service.url}/user/tokens/${id}/value`;
    const headers = { ...bearer(service.key), ...JSON_TYPE };
    expect(await call(url(service.tokenId), 'PUT', { ...headers, ...bearer('other') }, '{}')).toMatchObject({
      status: 401,
      document: { success: false, errors: [{ code: 1000 }], result: null },
    });
    expect(await call(url('undefined'), 'PUT', headers, '{}')).toMatchObject({ status: 404 });
    expect(await call(url(service.tokenId), 'PUT', headers, '')).toMatchObject({ status: 400 });
    expect(await call(url(service.tokenId), 'PUT', bearer(service.key), '{}')).toMatchObject({ status: 400 });
    expect(await call(url(service.tokenId), 'POST', headers, '{}')).toMatchObject({ status: 404 });
    expect(service.rotations).toBe(0);
    const good = await call(url(service.tokenId), 'PUT', headers, '{}');
    expect(good).toMatchObject({ status: 200, document: { success: true, result: service.key } });
  });

  it('LaunchDarkly takes no bearer token, no body and no time that is over', async () => {
    const service = await started(startLaunchDarkly({ graceScale: 0 }));
    const url = `${service.url}/api/v2/tokens/${service.tokenId}/reset`;
    const [old, key] = [service.key, { Authorization: service.key }];
    expect(await call(url, 'POST', bearer(old))).toMatchObject({ status: 401 });
    expect(await call(url.replace(service.tokenId, 'other'), 'POST', key)).toMatchObject({ status: 404 });
    expect(await call(url, 'POST', key, '{}')).toMatchObject({ status: 400 });
    expect(await call(`${url}?expiry=${Date.now() - 1_000}`, 'POST', key)).toMatchObject({ status: 400 });
    expect(await call(`${url}?expiry=${Math.floor(Date.now() / 1_000) + 60}`, 'POST', key)).toMatchObject({
      status: 400,
    });
    expect(service.rotations).toBe(0);
    expect(await call(`${url}?expiry=${Date.now() + 600_000}`, 'POST', key)).toMatchObject({
      document: { token: service.key },
    });
    // A minute of grace takes no time here.
    expect(service.takes(old)).toBe(false);
  });

  it('Portkey takes no less than half an hour, and only its own key', async () => {
    const service = await started(startPortkey());
    const url = `${service.url}/api-keys/${service.keyId}/rotate`;
    const old = service.key;
    const headers = { 'x-portkey-api-key': old, ...JSON_TYPE };
    const body = '{"key_transition_period_ms":1800000}';
    expect(await call(url, 'POST', { ...headers, 'x-portkey-api-key': 'other' }, body)).toMatchObject({ status: 401 });
    expect(await call(url.replace(service.keyId, 'other'), 'POST', headers, body)).toMatchObject({ status: 404 });
    for (const odd of ['{}', '', '{"key_transition_period_ms":1799999}', '{"key_transition_period_ms":"1800000"}']) {
      expect(await call(url, 'POST', headers, odd)).toMatchObject({ status: 400 });
    }
    expect(service.rotations).toBe(0);
    expect(await call(url, 'POST', headers, body)).toMatchObject({ status: 200, document: { key: service.key } });
    expect([service.takes(old), service.takes(service.key)]).toEqual([true, true]);
  });

  it('Resend wants a name of at most 50 characters, and full access', async () => {
    const service = await started(startResend());
    const url = `${service.url}/api-keys`;
    const headers = { ...bearer(service.key), ...JSON_TYPE };
    expect(await call(url, 'GET', {})).toMatchObject({ status: 401, document: { name: 'missing_api_key' } });
    expect(await call(url, 'GET', bearer('re_other'))).toMatchObject({
      status: 403,
      document: { name: 'invalid_api_key' },
    });
    for (const body of ['{}', '{"name":""}', JSON.stringify({ name: 'x'.repeat(51) })]) {
      expect(await call(url, 'POST', headers, body)).toMatchObject({ status: 422 });
    }
    expect(await call(`${url}?limit=101`, 'GET', headers)).toMatchObject({ status: 422 });
    expect(await call(`${url}/nobody`, 'DELETE', headers)).toMatchObject({ status: 404 });
    expect([service.rotations, service.revocations]).toEqual([0, 0]);
    const made = await call(url, 'POST', headers, '{"name":"x"}');
    expect(made).toMatchObject({ status: 201, document: { token: service.key } });
  });

  it('Neon calls the name key_name, and gives whole numbers for ids', async () => {
    const service = await started(startNeon());
    const url = `${service.url}/api_keys`;
    const headers = { ...bearer(service.key), ...JSON_TYPE };
    expect(await call(url, 'GET', bearer('napi_other'))).toMatchObject({ status: 401 });
    expect(await call(url, 'POST', headers, '{"name":"x"}')).toMatchObject({ status: 400 });
    expect(await call(url, 'POST', headers, '{"key_name":"x"}')).toMatchObject({
      status: 200,
      document: { id: expect.any(Number), name: 'x', key: service.key },
    });
    expect(await call(url, 'GET', headers)).toMatchObject({ document: [{ name: 'first' }, { name: 'x' }] });
  });

  it('SendGrid makes a key that may do everything for whoever asks for nothing', async () => {
    const service = await started(startSendGrid());
    const url = `${service.url}/v3/api_keys`;
    const headers = { ...bearer(service.key), ...JSON_TYPE };
    expect(await call(url, 'POST', headers, '{"name":"x","scopes":["2fa_required"]}')).toMatchObject({ status: 400 });
    await call(url, 'POST', headers, '{"name":"x"}');
    expect(service.scopesOf(service.key)).toContain('user.profile.read');
    await call(url, 'POST', headers, '{"name":"y","scopes":["mail.send"]}');
    expect(service.scopesOf(service.key)).toEqual(['mail.send']);
    expect(await call(url, 'GET', bearer(service.key))).toMatchObject({ status: 403 });
    expect(await call(url, 'GET', bearer('SG.other'))).toMatchObject({ status: 401 });
  });

  it('OpenRouter lets only its management key manage', async () => {
    const service = await started(startOpenRouter());
    const url = `${service.url}/keys`;
    const headers = { ...bearer(service.managementKey), ...JSON_TYPE };
    expect(await call(url, 'GET', bearer(service.key))).toMatchObject({ status: 403 });
    expect(await call(url, 'GET', bearer('sk-or-v1-other'))).toMatchObject({ status: 401 });
    expect(await call(url, 'POST', headers, '{"key_name":"x"}')).toMatchObject({ status: 400 });
    expect(await call(url, 'POST', headers, '{"name":"x","limit":5}')).toMatchObject({
      status: 201,
      document: { key: service.key, data: { hash: service.keys.at(-1)?.id, limit: 5 } },
    });
  });
});

describe('a second key', () => {
  it('can be slow to live, and a revoked one slow to die', async () => {
    const service = await started(startResend());
    const [first] = service.keys;
    const headers = { ...bearer(service.key), ...JSON_TYPE };
    service.fail({ newKeyRefusedForMs: 60_000 }, { oldKeyLivesForMs: 60_000 });
    await call(`${service.url}/api-keys`, 'POST', headers, '{"name":"x"}');
    expect(service.takes(service.key)).toBe(false);
    await call(`${service.url}/api-keys/${first?.id}`, 'DELETE', headers);
    expect([service.takes(first?.value ?? ''), service.keys.length]).toEqual([true, 1]);
    service.fail();
    expect([service.takes(first?.value ?? ''), service.takes(service.key)]).toEqual([false, true]);
  });

  it('can be made long after it was asked for', async () => {
    const service = await started(startResend());
    const headers = { ...bearer(service.key), ...JSON_TYPE };
    service.fail({ rotatesAfterMs: 50 });
    const asked = call(`${service.url}/api-keys`, 'POST', headers, '{"name":"x"}');
    await expect.poll(() => service.rotationRequests).toBe(1);
    expect(await asked).toMatchObject({ status: 201 });
    expect(service.keys).toHaveLength(2);
  });

  it('stays when revocations are refused', async () => {
    const service = await started(startResend());
    service.fail('refuses-revocations');
    const url = `${service.url}/api-keys/${service.keys[0]?.id}`;
    expect(await call(url, 'DELETE', bearer(service.key))).toMatchObject({ status: 500 });
    expect([service.keys.length, service.revocations]).toEqual([1, 0]);
  });
});
