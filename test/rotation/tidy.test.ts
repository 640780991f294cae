import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Step } from '../../main/rotation/rotation.schema.ts';
import { writeDurably } from '../../main/storage/write-durably.ts';
import { type FakeBitscale, startBitscale } from '../fakes/bitscale.ts';
import { openSandbox, type Sandbox } from '../sandbox/sandbox.ts';

describe('what a rotation needs only while it is under way', () => {
  let service: FakeBitscale;
  let sandbox: Sandbox;
  let config: string;

  beforeEach(async () => {
    service = await startBitscale();
    sandbox = await openSandbox();
    config = join(sandbox.home, '.claude.json');
    await writeFile(
      config,
      JSON.stringify({ mcpServers: { bitscale: { command: 'uvx', env: { BITSCALE_API_KEY: service.key } } } }),
    );
    await sandbox.call('addCredential', { name: 'work', provider: 'bitscale', key: service.key, baseUrl: service.url });
  });
  afterEach(async () => {
    sandbox.keychain.locked = false;
    await sandbox.dispose();
    await service.stop();
  });

  const left = async (): Promise<string[]> => [
    ...sandbox.keychain.accounts().filter((account) => !/^(credential|backups):/.test(account)),
    ...(await readdir(join(sandbox.rekey.dataFolder, 'receipts'))),
    ...(await readdir(sandbox.home)).filter((name) => /\.(tmp|lock)$/.test(name)),
  ];

  /** As a crash right after this step leaves it: the journal of before, and all that the rotation had put down by then. */
  async function rewind(id: string, step: Step): Promise<void> {
    const path = join(sandbox.rekey.dataFolder, 'rotations', `${id}.json`);
    const record = JSON.parse(await readFile(path, 'utf8'));
    const reached = record.history.findIndex((entry: { step: Step }) => entry.step === step);
    const history = record.history.slice(0, reached + 1);
    // Rekey may read it just now.
    await writeDurably(path, JSON.stringify({ ...record, step, history, outcome: null, tidy: false }));
    await writeFile(join(sandbox.rekey.dataFolder, 'receipts', `${id}.sealed`), 'REKEYR1\n');
    const [credential] = await sandbox.call('listCredentials', {});
    const key = await sandbox.keychain.get(`credential:${credential?.id}:current`);
    if (key) await sandbox.keychain.set(`seal:${id}`, key);
  }

  it('is gone at its end', async () => {
    await sandbox.rotate('work');
    expect(await left()).toEqual([]);
  });

  it.each(['preflighted', 'promoted', 'patched'] as const)(
    'is gone when it was taken up after a crash (%s)',
    async (step) => {
      const { id } = await sandbox.rotate('work');
      await rewind(id, step);
      await sandbox.restart();
      await expect.poll(async () => (await sandbox.call('getRotation', { id })).step).toBe('ended');
      expect(await left()).toEqual([]);
    },
  );

  it('is gone as soon as the keychain is open, when it was locked at the new start', async () => {
    const { id } = await sandbox.rotate('work');
    await rewind(id, 'preflighted');
    sandbox.keychain.locked = true;
    await sandbox.restart();
    expect(await sandbox.call('getRotation', { id })).toMatchObject({ outcome: 'stopped', tidy: false });
    sandbox.keychain.locked = false;
    await sandbox.call('unlockKeychain', {});
    expect(await sandbox.call('getRotation', { id })).toMatchObject({ outcome: 'stopped', tidy: true });
    expect(await left()).toEqual([]);
  });

  it('is gone from beside the hosts’ files, when Rekey was killed while it tried whether they can be written', async () => {
    const { id } = await sandbox.rotate('work');
    await rewind(id, 'confirmed');
    const ended = 4_194_304 + 1;
    await writeFile(join(sandbox.home, `..claude.json.rekey-${ended}-0123456789ab.tmp`), '');
    // As is Claude Code’s own lock, from long ago.
    const lock = join(sandbox.home, '.claude.json.lock');
    await mkdir(lock);
    await utimes(lock, 0, 0);
    await sandbox.restart();
    expect(await left()).toEqual([]);
  });

  it('is gone when a later rotation has put right what this one could not', async () => {
    service.fail('rotates-and-answers-without-key');
    await sandbox.rotate('work');
    const byHand = await sandbox.call('requestRotation', { credential: 'work', byHand: true });
    const { id } = await sandbox.approve(byHand);
    await sandbox.call('adoptKey', { id, key: service.key });
    expect(await sandbox.settled(id)).toMatchObject({ outcome: 'done' });
    await expect.poll(left).toEqual([]);
  });

  it('stays sealed when nobody could read the key out of it', async () => {
    service.fail('rotates-and-answers-without-key');
    const { id } = await sandbox.rotate('work');
    expect(await left()).toEqual([`seal:${id}`, `${id}.sealed`]);
    await sandbox.call('adoptKey', { id, key: service.key });
    expect(await sandbox.settled(id)).toMatchObject({ outcome: 'done' });
    expect(await left()).toEqual([]);
  });
});
