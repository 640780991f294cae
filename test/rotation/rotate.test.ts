import { mkdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeBitscale, startBitscale } from '../fakes/bitscale.ts';
import type { Switch } from '../fakes/switches.ts';
import { placeSampleHosts } from '../fixtures/hosts/place.ts';
import { filesBelow, openSandbox, type Sandbox } from '../sandbox/sandbox.ts';

const OTHERS = { lightning: 'lf_others', log10x: '00000000-0000-4000-8000-000000000001', a2amarket: 'ak_others' };

describe('a rotation in place', () => {
  let service: FakeBitscale;
  let sandbox: Sandbox;
  let old: string;

  beforeEach(async () => {
    service = await startBitscale();
    sandbox = await openSandbox();
    old = service.key;
    await placeSampleHosts(sandbox.home, 'linux', { bitscale: old, ...OTHERS });
    await sandbox.call('addCredential', { name: 'work', provider: 'bitscale', key: old, baseUrl: service.url });
  });
  afterEach(async () => {
    await sandbox.dispose();
    await service.stop();
  });

  it('puts the new key into the keychain and into every host’s file, and the old one stands in none', async () => {
    const rotation = await sandbox.rotate('work');
    expect(rotation).toMatchObject({ step: 'ended', outcome: 'done', problem: null, unverified: null });
    expect(service.rotations).toBe(1);
    const [credential] = await sandbox.call('listCredentials', {});
    expect((await sandbox.keychain.get(`credential:${credential?.id}:current`))?.reveal()).toBe(service.key);
    expect((await sandbox.keychain.get(`credential:${credential?.id}:previous`))?.reveal()).toBe(old);
    const holding = (await filesBelow(sandbox.home)).filter(({ bytes }) => bytes.includes(old)).map(({ path }) => path);
    // The copy that Claude Code made is its own, and is reported.
    expect(holding).toEqual([expect.stringContaining(join('.claude', 'backups'))]);
    expect(rotation.findings).toContainEqual(expect.objectContaining({ kind: 'copy', file: holding[0] }));
    expect(rotation.sites.length).toBeGreaterThan(5);
    expect(new Set(rotation.sites.map(({ state }) => state))).toEqual(new Set(['patched']));
  });

  it('goes through its steps in order, each in the journal', async () => {
    const { id } = await sandbox.rotate('work');
    const journal = JSON.parse(await readFile(join(sandbox.rekey.dataFolder, 'rotations', `${id}.json`), 'utf8'));
    expect(journal.history.map(({ step }: { step: string }) => step)).toEqual([
      'confirmed',
      'preflighted',
      'requested',
      'answered',
      'staged',
      'verified',
      'promoted',
      'patched',
      'ended',
    ]);
  });

  it('leaves neither receipt nor pending key nor seal behind, and no secret in its own files', async () => {
    await sandbox.rotate('work');
    // What earlier versions of the files are sealed with stays.
    expect(sandbox.keychain.accounts().filter((account) => !account.startsWith('credential:'))).toEqual([
      'backups:seal',
    ]);
    const own = await filesBelow(sandbox.rekey.dataFolder);
    expect(own.filter(({ path }) => path.includes('receipts'))).toEqual([]);
    for (const { bytes } of own) {
      expect(bytes.includes(old)).toBe(false);
      expect(bytes.includes(service.key)).toBe(false);
    }
  });

  it('notes in the activity who asked, who confirmed and how it ended', async () => {
    await sandbox.rotate('work');
    const kinds = async () => (await sandbox.call('listActivity', {})).map(({ kind }) => kind);
    await expect.poll(kinds).toEqual(['rotation-ended', 'rotation-approved', 'rotation-asked', 'credential-added']);
  });

  it('refuses a second one of the same key meanwhile', async () => {
    service.fail({ answersAfterMs: 300 });
    const approval = await sandbox.call('requestRotation', { credential: 'work' });
    const running = sandbox.approve(approval);
    await expect.poll(() => service.rotationRequests).toBe(1);
    await expect(sandbox.call('requestRotation', { credential: 'work' })).rejects.toMatchObject({
      code: 'rotation-running',
    });
    expect(await running).toMatchObject({ outcome: 'done' });
    expect(service.rotationRequests).toBe(1);
  });

  it('is not ended by an unlocked keychain, after which interrupted ones are taken up', async () => {
    const approval = await sandbox.call('requestRotation', { credential: 'work' });
    // Claude Code's own lock keeps the preflight waiting.
    await mkdir(join(sandbox.home, '.claude.json.lock'));
    const { rotationId } = await sandbox.call('approve', { id: approval.id, planHash: approval.plan.hash });
    await sandbox.call('unlockKeychain', {});
    await rmdir(join(sandbox.home, '.claude.json.lock'));
    expect(await sandbox.settled(rotationId ?? '')).toMatchObject({ outcome: 'done' });
    const told = sandbox.events.flatMap((event) => (event.name === 'rotation' ? [event.payload.outcome] : []));
    expect(new Set(told)).toEqual(new Set([null, 'done']));
    expect(service.rotationRequests).toBe(1);
  });

  it('stops before anything is sent when a file has changed so that another plan comes of it', async () => {
    const approval = await sandbox.call('requestRotation', { credential: 'work' });
    const path = join(sandbox.home, 'proj', '.mcp.json');
    await writeFile(path, JSON.stringify({ mcpServers: { more: { command: 'x', env: { A: old, B: old } } } }));
    expect(await sandbox.approve(approval)).toMatchObject({ outcome: 'stopped', problem: { code: 'plan-changed' } });
    expect(service.rotationRequests).toBe(0);
  });

  it('stops when the service does not take the key any more', async () => {
    const approval = await sandbox.call('requestRotation', { credential: 'work' });
    service.fail('verification-500');
    expect(await sandbox.approve(approval)).toMatchObject({
      outcome: 'stopped',
      problem: { code: 'service-unreachable' },
    });
    expect(service.rotationRequests).toBe(0);
    expect(sandbox.keychain.accounts().filter((account) => account.startsWith('seal:'))).toEqual([]);
  });

  const KEPT: readonly Switch[] = [
    'rotates-and-breaks-before-the-answer',
    'rotates-and-answers-a-page',
    'rotates-and-answers-without-key',
    'rotates-and-redirects',
    'rotates-and-answers-502',
    'rotates-and-answers-the-old-key',
  ];
  it.each(KEPT)(
    'says that the service kept the key when it %s, sends nothing twice and changes no file',
    async (fault) => {
      const before = await hostFiles(sandbox);
      service.fail(fault);
      const rotation = await sandbox.rotate('work');
      expect(rotation).toMatchObject({
        outcome: 'lost',
        problem: { code: 'key-lost', wayOut: expect.stringContaining('https://') },
      });
      expect(service.rotationRequests).toBe(1);
      expect(await hostFiles(sandbox)).toEqual(before);
    },
  );

  const FOUND: readonly Switch[] = [
    'rotates-and-answers-garbage',
    'rotates-and-answers-outside-http',
    'rotates-and-answers-twice',
  ];
  it.each(FOUND)('loses nothing that arrived when it %s', async (fault) => {
    service.fail(fault);
    expect(await sandbox.rotate('work')).toMatchObject({ outcome: 'done' });
    expect(service.rotationRequests).toBe(1);
  });

  const NOT_ROTATED: readonly (readonly [Switch, 'declined' | 'unchanged'])[] = [
    ['refuses-with-403', 'declined'],
    ['refuses-with-429', 'declined'],
    ['refuses-with-500', 'unchanged'],
    ['breaks-before-rotating', 'unchanged'],
    ['redirects', 'unchanged'],
  ];
  it.each(NOT_ROTATED)(
    'asks with the old key when the service %s, and says that nothing happened',
    async (fault, outcome) => {
      const before = await hostFiles(sandbox);
      service.fail(fault);
      expect(await sandbox.rotate('work')).toMatchObject({ outcome });
      expect(service.rotationRequests).toBe(1);
      expect(service.takes(old)).toBe(true);
      expect(await hostFiles(sandbox)).toEqual(before);
      // And it can be tried again.
      service.fail();
      expect(await sandbox.rotate('work')).toMatchObject({ outcome: 'done' });
    },
  );

  it('stays in doubt while the service can’t be asked, and goes on when it can', async () => {
    await sandbox.restart({ delays: { requestTimeout: 300, verifyTimeout: 2_000, doubtRecheck: 20 } });
    service.fail({ answersAfterMs: 2_000 });
    const approval = await sandbox.call('requestRotation', { credential: 'work' });
    const { rotationId } = await sandbox.call('approve', { id: approval.id, planHash: approval.plan.hash });
    await expect.poll(() => service.rotationRequests).toBe(1);
    service.fail('verification-500');
    const id = rotationId ?? '';
    expect(await sandbox.settled(id)).toMatchObject({
      step: 'requested',
      waiting: { on: 'service', problem: { code: 'in-doubt' } },
    });
    service.fail();
    await sandbox.call('resumeRotation', { id });
    await expect.poll(async () => (await sandbox.call('getRotation', { id })).outcome).toBe('lost');
    expect(service.rotationRequests).toBe(1);
  });
});

/** The hosts' files without Rekey's own. */
async function hostFiles(sandbox: Sandbox): Promise<{ path: string; bytes: Buffer }[]> {
  return (await filesBelow(sandbox.home)).filter(({ path }) => !path.startsWith(sandbox.rekey.dataFolder));
}
