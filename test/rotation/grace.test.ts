import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import { type FakeGitLab, startGitLab } from '../fakes/gitlab.ts';
import { type FakeLaunchDarkly, startLaunchDarkly } from '../fakes/launchdarkly.ts';
import { openSandbox, type Sandbox } from '../sandbox/sandbox.ts';

const HOUR = 60;
const later = (minutes: number) => ({ now: () => new Date(Date.now() + minutes * 60_000) });

describe('a service that lets the old key work on for a while', () => {
  let service: FakeLaunchDarkly;
  let sandbox: Sandbox;
  let config: string;
  let old: string;

  beforeEach(async () => {
    service = await startLaunchDarkly({});
    sandbox = await openSandbox();
    old = service.key;
    config = join(sandbox.home, '.claude.json');
    const server = { command: 'npx', args: ['-y', '@launchdarkly/mcp-server', 'start', '--api-key', old] };
    await writeFile(config, JSON.stringify({ mcpServers: { flags: server } }));
    await sandbox.call('addCredential', { name: 'flags', provider: 'launchdarkly', key: old, baseUrl: service.url });
  });
  afterEach(async () => {
    await sandbox.dispose();
    await service.stop();
  });

  const get = (id: string): Promise<Rotation> => sandbox.call('getRotation', { id });

  async function rotate(graceMinutes: number, credential = 'flags'): Promise<Rotation> {
    const { id, plan } = await sandbox.call('requestRotation', { credential });
    const { rotationId } = await sandbox.call('approve', { id, planHash: plan.hash, graceMinutes });
    return sandbox.settled(rotationId ?? '');
  }

  it('is asked for the time that the person has chosen, and ends the old key by itself', async () => {
    const rotation = await rotate(HOUR);
    expect(rotation).toMatchObject({ outcome: 'done', revocation: { by: 'service', state: 'due' }, offers: [] });
    const until = Date.parse(rotation.revocation?.at ?? '');
    expect(Math.abs(until - (Date.parse(rotation.startedAt) + HOUR * 60_000))).toBeLessThan(60_000);
    expect(service.takes(old)).toBe(true);
    expect(await readFile(config, 'utf8')).toContain(service.key);
    await sandbox.restart(later(HOUR + 1));
    await expect.poll(async () => (await get(rotation.id)).revocation?.state).toBe('revoked');
  });

  it('ends the old key at once when the person wants that', async () => {
    expect(await rotate(0)).toMatchObject({ outcome: 'done', revocation: null });
    expect(service.takes(old)).toBe(false);
  });

  it('is not asked for a time that it does not offer', async () => {
    const { id, plan } = await sandbox.call('requestRotation', { credential: 'flags' });
    await expect(sandbox.call('approve', { id, planHash: plan.hash, graceMinutes: 61 })).rejects.toMatchObject({
      code: 'approval-grace-refused',
    });
    expect(service.rotationRequests).toBe(0);
  });

  it('leaves a doubt that the old key can’t settle: it is told, and a further rotation gives a key that is sure', async () => {
    await sandbox.restart({
      delays: { requestTimeout: 100, verifyTimeout: 2_000, doubtRecheck: 20, doubtSettle: 0, retry: 600_000 },
    });
    service.fail('rotates-and-breaks-before-the-answer');
    const doubt = await rotate(HOUR);
    expect(doubt).toMatchObject({ waiting: { on: 'service', problem: { code: 'in-doubt' } } });
    expect(doubt.waiting?.problem.wayOut).toContain('rotate again while the old key works');
    expect(service.takes(old)).toBe(true);
    service.fail();
    expect(await sandbox.call('giveUpRotation', { id: doubt.id })).toMatchObject({ outcome: 'given-up' });
    expect(await rotate(0)).toMatchObject({ outcome: 'done' });
    expect(await readFile(config, 'utf8')).toContain(service.key);
  });

  it('has its doubt settled by the old key when the time is over', async () => {
    await sandbox.restart({
      delays: { requestTimeout: 100, verifyTimeout: 2_000, doubtRecheck: 20, doubtSettle: 0, retry: 50 },
    });
    const hasty = await startLaunchDarkly({ graceScale: 1 });
    try {
      const { key, url: baseUrl } = hasty;
      await sandbox.call('addCredential', { name: 'hasty', provider: 'launchdarkly', key, baseUrl });
      hasty.fail('rotates-and-breaks-before-the-answer');
      const { id } = await rotate(HOUR, 'hasty');
      await expect.poll(() => hasty.takes(key)).toBe(false);
      await sandbox.restart(later(HOUR + 1));
      await expect.poll(async () => (await get(id)).outcome).toBe('lost');
      expect((await get(id)).problem?.wayOut).toContain('https://');
      expect(hasty.rotationRequests).toBe(1);
    } finally {
      await hasty.stop();
    }
  });
});

describe('GitLab’s trap', () => {
  let service: FakeGitLab;
  let sandbox: Sandbox;

  beforeEach(async () => {
    service = await startGitLab();
    sandbox = await openSandbox();
    await sandbox.call('addCredential', { name: 'code', provider: 'gitlab', key: service.key, baseUrl: service.url });
  });
  afterEach(async () => {
    await sandbox.dispose();
    await service.stop();
  });

  it('is never stepped into: a rotation whose answer was lost is not sent again, over restarts and retries', async () => {
    service.fail('rotates-and-breaks-before-the-answer');
    const lost = await sandbox.rotate('code');
    expect(lost).toMatchObject({ outcome: 'lost' });
    service.fail();
    await sandbox.restart();
    await expect(sandbox.call('resumeRotation', { id: lost.id })).rejects.toMatchObject({
      code: 'rotation-not-resumable',
    });
    // Who asks once more by hand is stopped before anything is sent, since the token is known to be dead.
    expect(await sandbox.rotate('code')).toMatchObject({ outcome: 'stopped', problem: { code: 'key-refused' } });
    expect(service.rotationRequests).toBe(1);
    expect(service.trapped).toBe(0);
    expect(service.takes(service.key)).toBe(true);
    await sandbox.call('adoptKey', { id: lost.id, key: service.key });
    expect(await sandbox.settled(lost.id)).toMatchObject({ outcome: 'done' });
    expect(service.trapped).toBe(0);
  });

  it('would cost the new token: a stand-in that steps into it has none that works any more', async () => {
    const dead = service.key;
    expect(await sandbox.rotate('code')).toMatchObject({ outcome: 'done' });
    await fetch(`${service.url}/api/v4/personal_access_tokens/self/rotate`, {
      method: 'POST',
      headers: { 'PRIVATE-TOKEN': dead },
    });
    expect(service.trapped).toBe(1);
    expect(service.takes(service.key)).toBe(false);
  });

  it('is not the only one: the new token lives as long as the old one did, not a week', async () => {
    const plan = await sandbox.call('planRotation', { credential: 'code' });
    expect(plan.consequences).toContainEqual({ kind: 'new-key-expires', days: 90 });
    await sandbox.rotate('code');
    expect(service.expiresAt).toBe(service.day(90));
  });
});
