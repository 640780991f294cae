import { afterEach, describe, expect, it } from 'vitest';
import { startA2amarket } from '../fakes/a2amarket.ts';
import { startBitscale } from '../fakes/bitscale.ts';
import { startLightningFaucet } from '../fakes/lightning-faucet.ts';
import { startLog10x } from '../fakes/log10x.ts';
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

describe('a stand-in is as strict as the service', () => {
  it('BitScale takes no bearer token, no other body and no other content type', async () => {
    const service = await started(startBitscale());
    const url = `${service.url}/api-key/rotate`;
    const json = { 'Content-Type': 'application/json' };
    const key = { 'X-API-KEY': service.key };
    expect(await post(url, { ...json, Authorization: `Bearer ${service.key}` }, '{}')).toMatchObject({ status: 401 });
    expect(await post(url, { ...json, ...key }, '')).toMatchObject({ status: 400 });
    expect(await post(url, { ...json, ...key }, '{"a":1}')).toMatchObject({ status: 400 });
    expect(await post(url, { 'Content-Type': 'text/plain', ...key }, '{}')).toMatchObject({ status: 400 });
    expect(service.rotations).toBe(0);
    expect(service.rotationRequests).toBe(4);
    expect(await post(url, { ...json, ...key }, '{}')).toMatchObject({
      status: 200,
      document: { api_key: service.key },
    });
  });

  it('Log10x takes neither a body nor a content type', async () => {
    const service = await started(startLog10x());
    const url = `${service.url}/api/v1/user/rotate-key`;
    const key = { 'X-10X-Auth': service.key };
    expect(await post(url, { ...key, 'Content-Type': 'application/json' }, '')).toMatchObject({ status: 400 });
    expect(await post(url, { ...key, 'Content-Type': 'application/json' }, '{}')).toMatchObject({ status: 400 });
    expect(await post(url, { 'X-10X-Auth': 'other' }, null)).toMatchObject({ status: 401 });
    expect(service.rotations).toBe(0);
    expect(await post(url, key, null)).toMatchObject({ status: 200, document: { api_key: service.key } });
  });

  it('Lightning Faucet says no with status 200, and lets no agent rotate', async () => {
    const service = await started(startLightningFaucet());
    const json = { 'Content-Type': 'application/json' };
    const ask = (document: unknown) => post(service.url, json, JSON.stringify(document));
    const no = { status: 200, document: { success: false, error: expect.any(String) } };
    expect(await ask({ action: 'regenerate_operator_key', api_key: 'lf_other' })).toMatchObject(no);
    expect(await ask({ action: 'regenerate_operator_key', api_key: service.agentKey(7) })).toMatchObject(no);
    const agent = { action: 'regenerate_agent_key', api_key: service.operatorKey };
    for (const agent_id of [undefined, 0, '7', 99]) expect(await ask({ ...agent, agent_id })).toMatchObject(no);
    expect(service.rotations).toBe(0);
    expect(await ask({ ...agent, agent_id: 7 })).toMatchObject({
      document: { success: true, api_key: service.agentKey(7) },
    });
  });

  it('a2amarket takes each idempotency key once, and only its own agent', async () => {
    const service = await started(startA2amarket());
    const url = (agent: string) => `${service.url}/acap/v1/agents/${agent}/rotate-key`;
    const headers = () => ({
      'Content-Type': 'application/json',
      'X-Agent-Key': service.key,
      'X-Idempotency-Key': '0b0a3f64-6d51-4a53-8a1d-2c5c3b7c9d11',
      'X-ACAP-Timestamp': '2026-11-20T12:00:00.000Z',
    });
    expect(await post(url('undefined'), headers(), '')).toMatchObject({ status: 404 });
    expect(await post(url(service.agentId), { ...headers(), 'X-ACAP-Timestamp': 'now' }, '')).toMatchObject({
      status: 400,
    });
    expect(await post(url(service.agentId), headers(), '{}')).toMatchObject({ status: 400 });
    expect(service.rotations).toBe(0);
    expect(await post(url(service.agentId), headers(), '')).toMatchObject({ status: 200 });
    expect(await post(url(service.agentId), headers(), '')).toMatchObject({
      status: 409,
      document: { error: { code: 'IDEMPOTENCY_CONFLICT' } },
    });
    expect(service.rotations).toBe(1);
  });
});

describe('the keys of a stand-in', () => {
  it('die at once, and the new one is good at once', async () => {
    const service = await started(startLog10x());
    const old = service.key;
    await post(`${service.url}/api/v1/user/rotate-key`, { 'X-10X-Auth': old }, null);
    expect([service.takes(old), service.takes(service.key)]).toEqual([false, true]);
  });

  it('can be slow to live and slow to die', async () => {
    const service = await started(startLog10x());
    const old = service.key;
    service.fail({ newKeyRefusedForMs: 60_000 }, { oldKeyLivesForMs: 60_000 });
    await post(`${service.url}/api/v1/user/rotate-key`, { 'X-10X-Auth': old }, null);
    expect([service.takes(old), service.takes(service.key)]).toEqual([true, false]);
    service.fail();
    expect([service.takes(old), service.takes(service.key)]).toEqual([false, true]);
  });
});

async function post(url: string, headers: Record<string, string>, body: string | null) {
  const response = await fetch(url, { method: 'POST', headers, body });
  const document: unknown = await response.json();
  return { status: response.status, document };
}
