import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeA2amarket, startA2amarket } from '../fakes/a2amarket.ts';
import { startLightningFaucet } from '../fakes/lightning-faucet.ts';
import { startLog10x } from '../fakes/log10x.ts';
import type { FakeService } from '../fakes/service.ts';
import { openSandbox, type Sandbox } from '../sandbox/sandbox.ts';

let sandbox: Sandbox;
const started: FakeService[] = [];

async function start<T extends FakeService>(service: Promise<T>): Promise<T> {
  started.push(await service);
  return service;
}

beforeEach(async () => {
  sandbox = await openSandbox();
});
afterEach(async () => {
  await sandbox.dispose();
  await Promise.all(started.splice(0).map((service) => service.stop()));
});

/** A host's file with one server. */
async function placeServer(env: Record<string, string>): Promise<string> {
  const path = join(sandbox.home, '.claude.json');
  await writeFile(path, JSON.stringify({ mcpServers: { one: { command: 'npx', env } } }));
  return path;
}

describe('Lightning Faucet', () => {
  async function wallet(operatorKey: string, agent?: { key: string; id: number }): Promise<string> {
    const path = join(sandbox.home, '.lightning-wallet', 'credentials.json');
    await mkdir(join(sandbox.home, '.lightning-wallet'), { mode: 0o700 });
    const operator = {
      api_key: operatorKey,
      id: 1,
      name: 'me',
      recovery_code: 'keep-this-code',
      saved_at: '2026-01-01',
    };
    const document = {
      version: 1,
      api_url: 'x',
      active: 'operator',
      operator,
      ...(agent && { agent: { api_key: agent.key, id: agent.id, name: 'bot', saved_at: '2026-01-01' } }),
    };
    await writeFile(path, JSON.stringify(document), { mode: 0o600 });
    return path;
  }

  it('rotates an operator’s key in the host and in its own file, keeps the recovery code, and counts the blocked withdrawals', async () => {
    const service = await start(startLightningFaucet());
    const old = service.operatorKey;
    const [host, file] = [await placeServer({ LIGHTNING_WALLET_API_KEY: old }), await wallet(old)];
    const before = await readFile(file, 'utf8');
    await sandbox.call('addCredential', {
      name: 'wallet',
      provider: 'lightning-faucet',
      key: old,
      baseUrl: service.url,
    });
    const { consequences } = await sandbox.call('planRotation', { credential: 'wallet' });
    expect(consequences).toContainEqual({ kind: 'blocked', what: 'withdrawals', minutes: 60 });

    const rotation = await sandbox.rotate('wallet');
    expect(rotation).toMatchObject({ outcome: 'done', cooldown: { what: 'withdrawals' } });
    expect(await readFile(host, 'utf8')).toContain(service.operatorKey);
    expect(await readFile(file, 'utf8')).toBe(before.replace(old, service.operatorKey));
    const [credential] = await sandbox.call('listCredentials', {});
    const left = Date.parse(credential?.cooldown?.until ?? '') - Date.now();
    expect(left).toBeGreaterThan(55 * 60_000);
    expect(left).toBeLessThanOrEqual(60 * 60_000);
  });

  it('says that nobody can tell only when the service has had its time: another request might be overtaken by this one', async () => {
    const service = await start(startLightningFaucet({ agents: [7] }));
    await sandbox.call('addCredential', {
      name: 'wallet',
      provider: 'lightning-faucet',
      key: service.operatorKey,
      baseUrl: service.url,
    });
    await sandbox.restart({
      delays: { requestTimeout: 100, verifyTimeout: 2_000, doubtRecheck: 20, doubtSettle: 900 },
    });
    service.fail({ rotatesAfterMs: 300 });
    const rotation = await sandbox.rotate('wallet', '7');
    expect(rotation).toMatchObject({ outcome: 'lost', problem: { code: 'in-doubt' } });
    expect(service.rotations).toBe(1);
  });

  it('keeps an agent’s new key apart: the operator’s own never changes, in the keychain nor in a file', async () => {
    const service = await start(startLightningFaucet({ agents: [7] }));
    const [operator, agent] = [service.operatorKey, service.agentKey(7)];
    const host = await placeServer({ LIGHTNING_WALLET_API_KEY: operator, AGENT: agent });
    const file = await wallet(operator, { key: agent, id: 7 });
    const added = await sandbox.call('addCredential', {
      name: 'wallet',
      provider: 'lightning-faucet',
      key: operator,
      baseUrl: service.url,
    });

    const rotation = await sandbox.rotate('wallet', '7');
    expect(rotation).toMatchObject({ outcome: 'done', target: { name: 'wallet agent 7', isNew: true } });
    const fresh = service.agentKey(7);
    expect(fresh).not.toBe(agent);
    expect(service.operatorKey).toBe(operator);
    expect((await sandbox.keychain.get(`credential:${added.id}:current`))?.reveal()).toBe(operator);
    expect((await sandbox.keychain.get(`credential:${rotation.target.id}:current`))?.reveal()).toBe(fresh);
    for (const path of [host, file]) {
      const text = await readFile(path, 'utf8');
      expect(text).toContain(operator);
      expect(text).toContain(fresh);
      expect(text).not.toContain(agent);
    }
    const credentials = await sandbox.call('listCredentials', {});
    expect(credentials).toMatchObject([
      { name: 'wallet', kind: 'operator', fingerprint: added.fingerprint },
      {
        name: 'wallet agent 7',
        kind: 'agent',
        masked: expect.stringMatching(/^agent_•••• /),
        settings: { agent_id: '7' },
      },
    ]);

    // The second time, the agent is known.
    expect(await sandbox.rotate('wallet', '7')).toMatchObject({
      outcome: 'done',
      target: { id: rotation.target.id, isNew: false },
    });
    expect(await readFile(file, 'utf8')).toContain(service.agentKey(7));
    expect(await sandbox.call('listCredentials', {})).toHaveLength(2);
  });

  it('says no in a 200, and nothing is changed', async () => {
    const service = await start(startLightningFaucet());
    await sandbox.call('addCredential', {
      name: 'wallet',
      provider: 'lightning-faucet',
      key: service.operatorKey,
      baseUrl: service.url,
    });
    service.fail('refuses-with-403');
    expect(await sandbox.rotate('wallet')).toMatchObject({ outcome: 'declined' });
  });
});

describe('Log10x', () => {
  it('takes a new key that is refused for some seconds, and keeps the tokens in its file', async () => {
    const service = await start(startLog10x());
    const old = service.key;
    const host = await placeServer({ LOG10X_API_KEY: old });
    const file = join(sandbox.home, '.log10x', 'credentials');
    await mkdir(join(sandbox.home, '.log10x'));
    const text = `${JSON.stringify({ apiKey: old, signedInAt: 'x', auth0AccessToken: 'keep', auth0RefreshToken: 'keep too' }, null, 2)}\n`;
    await writeFile(file, text, { mode: 0o600 });
    await sandbox.call('addCredential', { name: 'logs', provider: 'log10x', key: old, baseUrl: service.url });
    service.fail({ newKeyRefusedForMs: 400 });
    expect(await sandbox.rotate('logs')).toMatchObject({ outcome: 'done', unverified: null });
    expect(await readFile(host, 'utf8')).toContain(service.key);
    expect(await readFile(file, 'utf8')).toBe(text.replace(old, service.key));
  });

  it('does not throw the key away when the answer lacks the environments', async () => {
    const service = await start(startLog10x());
    await sandbox.call('addCredential', { name: 'logs', provider: 'log10x', key: service.key, baseUrl: service.url });
    service.fail('rotates-and-answers-without-environments');
    expect(await sandbox.rotate('logs')).toMatchObject({ outcome: 'done' });
  });

  it('declines for a demo account, as an answer of its own and not as a failure of Rekey', async () => {
    const service = await start(startLog10x());
    await sandbox.call('addCredential', { name: 'logs', provider: 'log10x', key: service.key, baseUrl: service.url });
    service.fail('demo-account');
    const { outcome, problem } = await sandbox.rotate('logs');
    expect(outcome).toBe('declined');
    expect(problem?.message).toMatch(/demo/i);
  });
});

describe('a2amarket', () => {
  const addMarket = ({ key, url, agentId }: FakeA2amarket) =>
    sandbox.call('addCredential', {
      name: 'market',
      provider: 'a2amarket',
      key,
      baseUrl: url,
      settings: { agent_id: agentId },
    });

  it('asks for the agent’s id before anything is sent', async () => {
    const service = await start(startA2amarket());
    await sandbox.call('addCredential', {
      name: 'market',
      provider: 'a2amarket',
      key: service.key,
      baseUrl: service.url,
    });
    await expect(sandbox.call('planRotation', { credential: 'market' })).rejects.toMatchObject({
      code: 'agent-id-required',
    });
    expect(service.rotationRequests).toBe(0);
    expect(await sandbox.rotate('market', service.agentId)).toMatchObject({ outcome: 'done' });
    const [credential] = await sandbox.call('listCredentials', {});
    expect(credential?.settings).toMatchObject({ agent_id: service.agentId });
  });

  it('puts an hmac secret that comes along beside the key, and leaves the old one where none comes', async () => {
    const service = await start(startA2amarket());
    const host = await placeServer({ A2AMARKET_API_KEY: service.key, A2AMARKET_HMAC_SECRET: 'hm-old-secret' });
    await addMarket(service);
    const first = await sandbox.rotate('market');
    expect(await readFile(host, 'utf8')).toContain('hm-old-secret');
    service.fail('delivers-hmac-secret');
    const second = await sandbox.rotate('market');
    expect([first.outcome, second.outcome]).toEqual(['done', 'done']);
    const env = JSON.parse(await readFile(host, 'utf8')).mcpServers.one.env;
    expect(env.A2AMARKET_API_KEY).toBe(service.key);
    expect(env.A2AMARKET_HMAC_SECRET).toBe(
      (await sandbox.keychain.get(`credential:${second.target.id}:hmac_secret`))?.reveal(),
    );
    expect(env.A2AMARKET_HMAC_SECRET).not.toBe('hm-old-secret');
  });

  it('takes a second secret that the person pastes with the key, and no other', async () => {
    const service = await start(startA2amarket());
    const host = await placeServer({ A2AMARKET_API_KEY: service.key, A2AMARKET_HMAC_SECRET: 'hm-old-secret' });
    await addMarket(service);
    service.fail('rotates-and-breaks-before-the-answer');
    const { id, outcome } = await sandbox.rotate('market');
    expect(outcome).toBe('lost');
    const paste = (companions: Record<string, string>) =>
      sandbox.call('adoptKey', { id, key: service.key, companions });
    await expect(paste({ password: 'x' })).rejects.toMatchObject({ code: 'credential-setting-unknown' });
    expect(await readFile(host, 'utf8')).toContain('hm-old-secret');
    await paste({ hmac_secret: 'hm-pasted-secret' });
    expect(await sandbox.settled(id)).toMatchObject({ outcome: 'done', newCompanions: ['hmac_secret'] });
    const env = JSON.parse(await readFile(host, 'utf8')).mcpServers.one.env;
    expect(env).toMatchObject({ A2AMARKET_API_KEY: service.key, A2AMARKET_HMAC_SECRET: 'hm-pasted-secret' });
  });
});
