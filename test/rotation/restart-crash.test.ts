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

describe('when Rekey dies between the quit and the start of a host', () => {
  let service: FakeBitscale;
  let home: string;
  let host: StandInHost;
  let lock: string;
  let rekey: RekeyProcess;
  let rotationId: string;

  /** Rekey has quit the host, waits for the lock of another host's file, and is killed there. */
  beforeEach(async () => {
    service = await startBitscale();
    home = await mkdtemp(join(tmpdir(), 'rekey-'));
    lock = join(home, '.claude.json.lock');
    host = new StandInHost(home);
    await host.install(service.key);
    const other = { mcpServers: { bitscale: { command: 'uvx', env: { BITSCALE_API_KEY: service.key } } } };
    await writeFile(join(home, '.claude.json'), JSON.stringify(other));
    const { pid } = await host.start('--theme', 'dark');
    rekey = await RekeyProcess.start(home, DELAYS);
    await rekey.call('chooseKeychain', { kind: 'file', passphrase: PASSPHRASE });
    await rekey.call('addCredential', { name: 'work', provider: 'bitscale', key: service.key, baseUrl: service.url });
    service.fail({ answersAfterMs: 500 });
    const { id, plan } = await rekey.call('requestRotation', { credential: 'work' });
    const approved = await rekey.call('approve', { id, planHash: plan.hash, restartHosts: ['claude-desktop'] });
    rotationId = approved.rotationId ?? '';
    await expect.poll(() => service.rotationRequests).toBe(1);
    await mkdir(lock);
    await expect.poll(() => isAlive(pid), { interval: 5 }).toBe(false);
    await rekey.kill();
    expect(await journal()).toMatchObject({ step: 'promoted', restarts: [{ id: 'claude-desktop', state: 'quit' }] });
    await rmdir(lock).catch(() => {});
    await makeLocksStale();
  });
  afterEach(async () => {
    await rekey.stop();
    await host.end();
    await service.stop();
    await rm(home, { recursive: true, force: true });
  });

  const journal = async (): Promise<Rotation> =>
    JSON.parse(await readFile(join(home, 'rekey', 'rotations', `${rotationId}.json`), 'utf8'));

  /** As some seconds later: what a killed Rekey has locked is free then. */
  async function makeLocksStale(): Promise<void> {
    const folder = join(home, 'rekey', 'locks');
    const before = new Date(Date.now() - 60_000);
    for (const name of await readdir(folder)) await utimes(join(folder, name), before, before);
  }

  /** Rekey is started again, and the person unlocks the keys. */
  async function startAgain(): Promise<Rotation> {
    rekey = await RekeyProcess.start(home, DELAYS);
    await rekey.call('unlockKeychain', { passphrase: PASSPHRASE });
    await expect.poll(async () => (await rekey.call('getRotation', { id: rotationId })).outcome).toBe('done');
    return rekey.call('getRotation', { id: rotationId });
  }

  it('the next Rekey starts it, the way it was started, with the new key in its file', async () => {
    await rm(`${host.config}.state`);
    expect((await startAgain()).restarts).toMatchObject([{ state: 'done', problem: null }]);
    const after = await host.state();
    expect(after).toMatchObject({ args: ['--theme', 'dark'], folder: home, mark: 'of its own' });
    expect(after.inMemory).toContain(service.key);
    expect(await readdir(join(home, 'rekey', 'restarts'))).toEqual([]);
    expect(service.rotationRequests).toBe(1);
  });

  it('the person is told to start it when nobody knows any more how', async () => {
    await rm(join(home, 'rekey', 'restarts', `${rotationId}.restart`));
    expect((await startAgain()).restarts).toMatchObject([
      { state: 'wanted', problem: { code: 'host-not-started', wayOut: 'Start Claude Desktop yourself.' } },
    ]);
    expect(await host.read()).toContain(service.key);
  });

  it('it is not quit a second time when somebody has started it meanwhile, and its file is watched', async () => {
    const { pid, inMemory } = await host.start();
    const rotation = await startAgain();
    expect(rotation.restarts).toMatchObject([{ state: 'wanted', problem: null }]);
    expect(rotation.watched).toMatchObject([{ id: 'claude-desktop', processes: [{ pid }] }]);
    expect((await host.state()).pid).toBe(pid);
    // It has the old key in memory, and writes it.
    await host.writeFromMemory();
    await expect.poll(async () => (await host.read()) === inMemory).toBe(false);
    await expect.poll(() => host.read()).toContain(service.key);
  });
});
