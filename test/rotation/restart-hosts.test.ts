import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import { filesBelow } from '../sandbox/sandbox.ts';
import { openStandInStory, type StandInStory } from '../sandbox/stand-in-story.ts';

const DELAYS = { verifyRetry: 20, doubtRecheck: 20, lookAgain: 200, quitTimeout: 2_000, watch: 300, putBack: 300 };

describe('a desktop app that keeps its config in memory and writes it whole', () => {
  let service: StandInStory['service'];
  let sandbox: StandInStory['sandbox'];
  let host: StandInStory['host'];
  let old: string;
  let close: StandInStory['close'];

  beforeEach(async () => {
    ({ service, sandbox, host, old, close } = await openStandInStory(DELAYS));
  });
  afterEach(() => close());

  async function rotate(restartHosts: string[]): Promise<Rotation> {
    const { id, plan } = await sandbox.call('requestRotation', { credential: 'work' });
    const { rotationId } = await sandbox.call('approve', { id, planHash: plan.hash, restartHosts });
    return sandbox.settled(rotationId ?? '');
  }

  it('is shown by the plan as one that can be restarted', async () => {
    await host.start();
    const { hosts } = await sandbox.call('planRotation', { credential: 'work' });
    expect(hosts).toMatchObject([{ id: 'claude-desktop', running: true, rewritesFile: true, isDesktopApp: true }]);
  });

  it('is quit, patched after its last write, and started again as it was, with the new key read', async () => {
    const before = await host.start('--theme', 'a b');
    const rotation = await rotate(['claude-desktop']);
    expect(rotation).toMatchObject({
      outcome: 'done',
      restartHosts: ['claude-desktop'],
      restarts: [{ id: 'claude-desktop', state: 'done', problem: null }],
      watched: [],
    });
    const after = await host.after(before);
    expect(after.inMemory).toContain(service.key);
    expect(after).toMatchObject({ args: before.args, folder: sandbox.home, mark: 'of its own' });
    // What it writes from now on is the new key.
    await host.quit();
    expect(await host.read()).toContain(service.key);
    expect(await host.read()).not.toContain(old);
  });

  it('leaves nothing of how it was started behind, neither on disk nor in the keychain', async () => {
    await host.start();
    await rotate(['claude-desktop']);
    expect(await readdir(join(sandbox.rekey.dataFolder, 'restarts'))).toEqual([]);
    expect(sandbox.keychain.accounts().filter((account) => account.startsWith('restart:'))).toEqual([]);
    for (const { bytes } of await filesBelow(sandbox.rekey.dataFolder))
      expect(bytes.includes('of its own')).toBe(false);
  });

  it('notes in the journal that it is quit before it is, and that it was started after', async () => {
    await host.start();
    await rotate(['claude-desktop']);
    const told = sandbox.events.flatMap((event) =>
      event.name === 'rotation' ? event.payload.restarts.map(({ state }) => state) : [],
    );
    expect([...new Set(told)]).toEqual(['quit', 'done']);
  });

  it('is patched all the same when it does not quit, and the person is told to restart it', async () => {
    const before = await host.start('--stays');
    const rotation = await rotate(['claude-desktop']);
    expect(rotation).toMatchObject({
      outcome: 'done',
      restarts: [
        {
          state: 'wanted',
          problem: { code: 'host-still-running', wayOut: expect.stringContaining('Quit Claude Desktop') },
        },
      ],
      watched: [{ id: 'claude-desktop', processes: [{ pid: before.pid }] }],
    });
    expect(await host.read()).toContain(service.key);
    expect((await host.state()).pid).toBe(before.pid);
  });

  it('is left alone without the person’s yes', async () => {
    const before = await host.start();
    const rotation = await rotate([]);
    expect(rotation.restarts).toMatchObject([{ id: 'claude-desktop', state: 'wanted', problem: null }]);
    expect((await host.state()).pid).toBe(before.pid);
  });

  it('is not started when it did not run', async () => {
    const rotation = await sandbox.rotate('work');
    expect(rotation).toMatchObject({ outcome: 'done', restarts: [], watched: [] });
    await expect(host.state()).rejects.toThrow();
  });

  it.each([
    ['that is no host', 'no-such-host'],
    ['that does not run', 'cursor'],
    ['that lives in a terminal', 'claude-code'],
  ])('a restart of one %s is refused, and the request still waits', async (_, id) => {
    await host.start();
    const approval = await sandbox.call('requestRotation', { credential: 'work' });
    const choice = { id: approval.id, planHash: approval.plan.hash, restartHosts: [id] };
    await expect(sandbox.call('approve', choice)).rejects.toMatchObject({ code: 'approval-restart-refused' });
    expect(await sandbox.call('getApproval', { id: approval.id })).toMatchObject({ state: 'waiting' });
    expect(service.rotationRequests).toBe(0);
  });

  describe('that the person has left running, and lets Rekey restart afterwards', () => {
    const restart = (rotation: Rotation) => sandbox.call('restartHost', { id: rotation.id, host: 'claude-desktop' });

    it('is quit, loses what it wrote at its end, and is started again as it was', async () => {
      const before = await host.start('--theme', 'a b');
      const rotation = await rotate([]);
      const restarted = await restart(rotation);
      expect(restarted).toMatchObject({
        outcome: 'done',
        restarts: [{ id: 'claude-desktop', state: 'done', problem: null }],
        watched: [],
        sites: [{ state: 'put-back' }],
      });
      const after = await host.after(before);
      expect(after.inMemory).toContain(service.key);
      expect(after.inMemory).not.toContain(old);
      expect(after).toMatchObject({ args: before.args, folder: sandbox.home, mark: 'of its own' });
      const [noted] = await sandbox.call('listActivity', {});
      expect(noted).toMatchObject({
        kind: 'host-restarted',
        credential: 'work',
        rotationId: rotation.id,
        detail: 'Claude Desktop',
      });
      expect(await readdir(join(sandbox.rekey.dataFolder, 'restarts'))).toEqual([]);
      expect(sandbox.keychain.accounts().filter((account) => account.startsWith('restart:'))).toEqual([]);
      await sandbox.restart();
      expect(await sandbox.call('getRotation', { id: rotation.id })).toMatchObject({ outcome: 'done', tidy: true });
    });

    it('goes on when it does not quit, and its files are still watched', async () => {
      const before = await host.start('--stays');
      const rotation = await rotate([]);
      await expect(restart(rotation)).rejects.toMatchObject({ code: 'host-still-running' });
      expect((await host.state()).pid).toBe(before.pid);
      expect(await sandbox.call('getRotation', { id: rotation.id })).toMatchObject({
        restarts: [{ state: 'wanted', problem: { code: 'host-still-running' } }],
        watched: [{ id: 'claude-desktop' }],
      });
      await host.writeFromMemory();
      await expect.poll(() => host.read()).toContain(service.key);
    });

    it('is not quit while the keychain is locked', async () => {
      const before = await host.start();
      const rotation = await rotate([]);
      sandbox.keychain.locked = true;
      await expect(restart(rotation)).rejects.toMatchObject({ code: 'keychain-locked' });
      sandbox.keychain.locked = false;
      expect((await host.state()).pid).toBe(before.pid);
    });

    it('is left alone when it does not run any more, or the key was rotated again', async () => {
      await host.start();
      const first = await rotate([]);
      await host.quit();
      await expect.poll(async () => (await sandbox.call('getRotation', { id: first.id })).watched).toEqual([]);
      await expect(restart(first)).rejects.toMatchObject({ code: 'restart-not-needed' });
      await host.start();
      const second = await rotate([]);
      await expect(restart(first)).rejects.toMatchObject({ code: 'rotation-superseded' });
      expect((await restart(second)).restarts).toMatchObject([{ state: 'done' }]);
    });

    it.each(['agent', 'script', 'confirmation-window'] as const)(
      'a carrier like %s can’t ask for it',
      async (carrier) => {
        const input = { id: 'x', host: 'claude-desktop' };
        await expect(sandbox.call('restartHost', input, carrier)).rejects.toMatchObject({ code: 'call-not-allowed' });
      },
    );
  });
});
