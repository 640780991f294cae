import { mkdir, mkdtemp, readdir, readFile, rm, rmdir, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isAlive } from '../../main/hosts/lifecycle/alive.ts';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import { type FakeBitscale, startBitscale } from '../fakes/bitscale.ts';
import { RekeyProcess } from '../sandbox/rekey-process.ts';
import { StandInHost } from '../sandbox/stand-in-host.ts';

const DELAYS = { verifyRetry: 20, doubtRecheck: 20, lookAgain: 100, quitTimeout: 3_000, watch: 300, putBack: 300 };
const PASSPHRASE = 'correct horse battery';

/** Rekey in a process of its own, with one key that stands in the config of a desktop app. */
class CrashStory {
  readonly service: FakeBitscale;
  readonly home: string;
  readonly host: StandInHost;
  rekey: RekeyProcess;

  private constructor(service: FakeBitscale, home: string, rekey: RekeyProcess) {
    this.service = service;
    this.home = home;
    this.rekey = rekey;
    this.host = new StandInHost(home);
  }

  static async open(): Promise<CrashStory> {
    const service = await startBitscale();
    const home = await mkdtemp(join(tmpdir(), 'rekey-'));
    const story = new CrashStory(service, home, await RekeyProcess.start(home, DELAYS));
    await story.host.install(service.key);
    await story.rekey.call('chooseKeychain', { kind: 'file', passphrase: PASSPHRASE });
    const key = { provider: 'bitscale', key: service.key, baseUrl: service.url };
    await story.rekey.call('addCredential', { name: 'work', ...key });
    return story;
  }

  /** @returns the id of a rotation that has just begun. */
  async rotate(restartHosts: string[]): Promise<string> {
    const { id, plan } = await this.rekey.call('requestRotation', { credential: 'work' });
    const { rotationId } = await this.rekey.call('approve', { id, planHash: plan.hash, restartHosts });
    return rotationId ?? '';
  }

  async journal(rotationId: string): Promise<Rotation> {
    return JSON.parse(await readFile(join(this.home, 'rekey', 'rotations', `${rotationId}.json`), 'utf8'));
  }

  /** Rekey is started again some seconds later, when what a killed one has locked is free; the person unlocks the keys. */
  async startAgain(): Promise<void> {
    await this.makeLocksStale();
    await this.startAtOnce();
  }

  async makeLocksStale(): Promise<void> {
    const folder = join(this.home, 'rekey', 'locks');
    const before = new Date(Date.now() - 60_000);
    for (const name of await readdir(folder)) await utimes(join(folder, name), before, before);
  }

  async startAtOnce(): Promise<void> {
    this.rekey = await RekeyProcess.start(this.home, DELAYS);
    await this.rekey.call('unlockKeychain', { passphrase: PASSPHRASE });
  }

  /** @returns the rotation, when that has come of it. */
  async ended(rotationId: string): Promise<Rotation> {
    await expect.poll(async () => (await this.rekey.call('getRotation', { id: rotationId })).outcome).toBe('done');
    return this.rekey.call('getRotation', { id: rotationId });
  }

  async close(): Promise<void> {
    await this.rekey.stop();
    await this.host.end();
    await this.service.stop();
    await rm(this.home, { recursive: true, force: true });
  }
}

let story: CrashStory;
beforeEach(async () => {
  story = await CrashStory.open();
});
afterEach(() => story.close());

describe('when Rekey dies between the quit and the start of a host', () => {
  let rotationId: string;
  let pid: number;

  /** Rekey has quit the host, waits for the lock of another host's file, and is killed there. */
  beforeEach(async () => {
    const { service, home, host } = story;
    const lock = join(home, '.claude.json.lock');
    const other = { mcpServers: { bitscale: { command: 'uvx', env: { BITSCALE_API_KEY: service.key } } } };
    await writeFile(join(home, '.claude.json'), JSON.stringify(other));
    ({ pid } = await host.start('--theme', 'dark'));
    service.fail({ answersAfterMs: 500 });
    rotationId = await story.rotate(['claude-desktop']);
    await expect.poll(() => service.rotationRequests).toBe(1);
    await mkdir(lock);
    await expect.poll(() => isAlive(pid), { interval: 5 }).toBe(false);
    await story.rekey.kill();
    expect(await story.journal(rotationId)).toMatchObject({
      step: 'promoted',
      restarts: [{ id: 'claude-desktop', state: 'quit' }],
    });
    await rmdir(lock).catch(() => {});
  });

  async function startAgain(): Promise<Rotation> {
    await story.startAgain();
    return story.ended(rotationId);
  }

  it('the next Rekey starts it, the way it was started, with the new key in its file', async () => {
    const { service, home, host } = story;
    expect((await startAgain()).restarts).toMatchObject([{ state: 'done', problem: null }]);
    const after = await host.after({ pid });
    expect(after).toMatchObject({ args: ['--theme', 'dark'], folder: home, mark: 'of its own' });
    expect(after.inMemory).toContain(service.key);
    expect(await readdir(join(home, 'rekey', 'restarts'))).toEqual([]);
    expect(service.rotationRequests).toBe(1);
  });

  it('the person is told to start it when nobody knows any more how', async () => {
    const { service, home, host } = story;
    await rm(join(home, 'rekey', 'restarts', `${rotationId}.restart`));
    expect((await startAgain()).restarts).toMatchObject([
      { state: 'wanted', problem: { code: 'host-not-started', wayOut: 'Start Claude Desktop yourself.' } },
    ]);
    expect(await host.read()).toContain(service.key);
  });

  it('it is not quit a second time when somebody has started it meanwhile, and its file is watched', async () => {
    const { service, host } = story;
    const started = await host.start();
    const rotation = await startAgain();
    expect(rotation.restarts).toMatchObject([{ state: 'wanted', problem: null }]);
    expect(rotation.watched).toMatchObject([{ id: 'claude-desktop', processes: [{ pid: started.pid }] }]);
    expect((await host.state()).pid).toBe(started.pid);
    // It has the old key in memory, and writes it.
    await host.writeFromMemory();
    await expect.poll(async () => (await host.read()) === started.inMemory).toBe(false);
    await expect.poll(() => host.read()).toContain(service.key);
  });
});

describe('when Rekey dies while it restarts a host after the rotation', () => {
  it.each([
    ['some seconds later', () => story.startAgain()],
    [
      'at once, while the lock of the killed one holds',
      async () => {
        await story.startAtOnce();
        await story.makeLocksStale();
      },
    ],
  ])(
    'the next Rekey starts the host, with the new key in its file: %s',
    async (_, startAgain) => {
      const { host, service } = story;
      const { pid } = await host.start('--theme', 'dark');
      const rotation = await story.ended(await story.rotate([]));
      expect(rotation.restarts).toMatchObject([{ state: 'wanted' }]);
      // It takes the request to quit, and writes its file, only when it goes on.
      process.kill(pid, 'SIGSTOP');
      story.rekey.call('restartHost', { id: rotation.id, host: 'claude-desktop' }).catch(() => {});
      await expect.poll(() => isAskedToEnd(pid)).toBe(true);
      await story.rekey.kill();
      process.kill(pid, 'SIGCONT');
      await expect.poll(() => isAlive(pid)).toBe(false);
      expect(await host.read()).not.toContain(service.key);
      expect(await story.journal(rotation.id)).toMatchObject({ step: 'ended', restarts: [{ state: 'quit' }] });
      await startAgain();
      const restarts = async () => (await story.rekey.call('getRotation', { id: rotation.id })).restarts;
      await expect.poll(restarts).toMatchObject([{ state: 'done', problem: null }]);
      const after = await host.after({ pid });
      expect(after).toMatchObject({ args: ['--theme', 'dark'], mark: 'of its own' });
      expect(after.inMemory).toContain(service.key);
      expect(await readdir(join(story.home, 'rekey', 'restarts'))).toEqual([]);
    },
    60_000,
  );
});

/** Whether a stopped process has a request to end that it has not taken yet (Linux). */
async function isAskedToEnd(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const pending = /^ShdPnd:\s+([0-9a-f]+)$/m.exec(status)?.[1] ?? '0';
  return (BigInt(`0x${pending}`) & (1n << 14n)) !== 0n;
}
