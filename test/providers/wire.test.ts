import { afterEach, describe, expect, it } from 'vitest';
import { a2amarket } from '../../main/providers/a2amarket.ts';
import { bitscale } from '../../main/providers/bitscale.ts';
import { lightningFaucet } from '../../main/providers/lightning-faucet.ts';
import { log10x } from '../../main/providers/log10x.ts';
import { startA2amarket } from '../fakes/a2amarket.ts';
import { startBitscale } from '../fakes/bitscale.ts';
import { startLightningFaucet } from '../fakes/lightning-faucet.ts';
import { startLog10x } from '../fakes/log10x.ts';
import type { FakeService } from '../fakes/service.ts';
import { keyOf, rotate, sent, verify } from './exchange.ts';
import { attempt } from './subject.ts';

const running: FakeService[] = [];

afterEach(async () => {
  for (const service of running.splice(0)) await service.stop();
});

describe('what BitScale gets', () => {
  it('is its documented request, and the old key is dead afterwards', async () => {
    const service = await started(startBitscale());
    const old = service.key;
    const reading = await rotate(bitscale, service, old);
    expect(sent(service)).toEqual({
      method: 'POST',
      path: '/api/v1/api-key/rotate',
      headers: { 'X-API-KEY': old, 'Content-Type': 'application/json', 'Content-Length': '2' },
      body: '{}',
    });
    expect(keyOf(reading)).toBe(service.key);
    expect(service.rotations).toBe(1);
    expect(await verify(bitscale, service, service.key)).toEqual({ state: 'accepted', account: 'Acme', settings: {} });
    expect(sent(service)).toEqual({
      method: 'GET',
      path: '/api/v1/workspace',
      headers: { 'X-API-KEY': service.key },
      body: '',
    });
    expect(await verify(bitscale, service, old)).toEqual({ state: 'refused', reason: 'it answered 401' });
  });
});

describe('what Lightning Faucet gets', () => {
  it('is its documented request for an operator', async () => {
    const service = await started(startLightningFaucet());
    const old = service.operatorKey;
    const reading = await rotate(lightningFaucet, service, old, { kind: 'operator' });
    expect(sent(service)).toEqual({
      method: 'POST',
      path: '/ai-agents/api',
      headers: { 'Content-Type': 'application/json', 'Content-Length': expect.any(String) },
      body: `{"action":"regenerate_operator_key","api_key":"${old}"}`,
    });
    expect(keyOf(reading)).toBe(service.operatorKey);
    const operator = { kind: 'operator' };
    expect(await verify(lightningFaucet, service, service.operatorKey, operator)).toEqual({
      state: 'accepted',
      account: 'Acme',
      settings: { operator_id: '42' },
    });
    expect(sent(service).body).toBe(`{"action":"whoami","api_key":"${service.operatorKey}"}`);
    expect(await verify(lightningFaucet, service, old, operator)).toMatchObject({ state: 'refused' });
  });

  it('is its documented request for an agent, whose operator keeps its own key', async () => {
    const service = await started(startLightningFaucet({ agents: [7, 8] }));
    const { operatorKey } = service;
    const [agent7, agent8] = [service.agentKey(7), service.agentKey(8)];
    const reading = await rotate(lightningFaucet, service, operatorKey, { kind: 'operator', agentId: '7' });
    expect(sent(service).body).toBe(`{"action":"regenerate_agent_key","api_key":"${operatorKey}","agent_id":7}`);
    expect(keyOf(reading)).toBe(service.agentKey(7));
    expect(service.takes(agent7)).toBe(false);
    expect([service.operatorKey, service.agentKey(8)]).toEqual([operatorKey, agent8]);
    const agent = { kind: 'agent', settings: { agent_id: '7' } };
    expect(await verify(lightningFaucet, service, service.agentKey(7), agent)).toEqual({
      state: 'accepted',
      account: 'Agent 7',
      settings: { agent_id: '7', operator_id: '42' },
    });
  });
});

describe('what Log10x gets', () => {
  it('is its documented request: no body, no content type', async () => {
    const service = await started(startLog10x());
    const old = service.key;
    const reading = await rotate(log10x, service, old);
    expect(sent(service)).toEqual({
      method: 'POST',
      path: '/api/v1/user/rotate-key',
      headers: { 'X-10X-Auth': old, 'Content-Length': '0' },
      body: '',
    });
    expect(keyOf(reading)).toBe(service.key);
    expect(await verify(log10x, service, service.key)).toEqual({
      state: 'accepted',
      account: 'alice@acme.example',
      settings: {},
    });
    expect(sent(service)).toEqual({
      method: 'GET',
      path: '/api/v1/user',
      headers: { 'X-10X-Auth': service.key },
      body: '',
    });
    expect(await verify(log10x, service, old)).toEqual({ state: 'refused', reason: 'it answered 401' });
  });
});

describe('what a2amarket gets', () => {
  it('is its documented request: a content type, and no body', async () => {
    const service = await started(startA2amarket({ agentId: 'a/b?ü' }));
    const old = service.key;
    const reading = await rotate(a2amarket, service, old, { settings: { agent_id: 'a/b?ü' } });
    expect(sent(service)).toEqual({
      method: 'POST',
      path: '/acap/v1/agents/a%2Fb%3F%C3%BC/rotate-key',
      headers: {
        'Content-Type': 'application/json',
        'X-Agent-Key': old,
        'X-Idempotency-Key': attempt.idempotencyKey,
        'X-ACAP-Timestamp': '2026-11-20T12:00:00.000Z',
        'Content-Length': '0',
      },
      body: '',
    });
    expect(keyOf(reading)).toBe(service.key);
    const state = await verify(a2amarket, service, service.key);
    expect(state).toEqual({ state: 'accepted', account: 'a/b?ü', settings: {} });
    expect(sent(service)).toMatchObject({ method: 'GET', path: '/acap/v1/compute/balance', body: '' });
    expect(sent(service).headers['X-Agent-Key']).toBe(service.key);
    expect(await verify(a2amarket, service, old)).toEqual({ state: 'refused', reason: 'it answered 401' });
  });

  it('gives an hmac secret along with the key, and both are kept', async () => {
    const service = await started(startA2amarket());
    service.fail('delivers-hmac-secret');
    const reading = await rotate(a2amarket, service, service.key, { agentId: service.agentId });
    expect(keyOf(reading)).toBe(service.key);
    if (reading.outcome !== 'rotated') throw new Error('not rotated');
    expect(reading.companions.hmac_secret?.reveal()).toBe(service.hmacSecret);
  });
});

async function started<S extends FakeService>(starting: Promise<S>): Promise<S> {
  const service = await starting;
  running.push(service);
  return service;
}
