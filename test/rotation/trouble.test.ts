import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Secret } from '../../main/credentials/secret.ts';
import { type FakeBitscale, startBitscale } from '../fakes/bitscale.ts';
import { openSandbox, type Sandbox } from '../sandbox/sandbox.ts';

const FULL = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });

describe('a rotation whose new key can’t be kept when it comes', () => {
  let service: FakeBitscale;
  let sandbox: Sandbox;
  let copied: Secret[];
  let diskIsFull: boolean;
  let config: string;

  beforeEach(async () => {
    copied = [];
    diskIsFull = false;
    service = await startBitscale();
    sandbox = await openSandbox({
      clipboard: {
        async copySecret(secret) {
          copied.push(secret);
          return 30;
        },
      },
      wrap(parts) {
        const refuse = async (work: () => Promise<void>): Promise<void> => {
          if (diskIsFull) throw FULL;
          await work();
        };
        const { receipts, journal } = parts;
        const write = { receipt: receipts.write.bind(receipts), journal: journal.write.bind(journal) };
        receipts.write = (id, answer) => refuse(() => write.receipt(id, answer));
        journal.write = (rotation) => refuse(() => write.journal(rotation));
        return parts;
      },
    });
    config = join(sandbox.home, '.claude.json');
    await writeFile(
      config,
      JSON.stringify({ mcpServers: { bitscale: { command: 'uvx', env: { BITSCALE_API_KEY: service.key } } } }),
    );
    await sandbox.call('addCredential', { name: 'work', provider: 'bitscale', key: service.key, baseUrl: service.url });
  });
  afterEach(async () => {
    sandbox.keychain.locked = false;
    diskIsFull = false;
    await sandbox.dispose();
    await service.stop();
  });

  /** Rotates, and lets the trouble begin while the service works. */
  async function rotateInto(trouble: () => void) {
    service.fail({ answersAfterMs: 200 });
    const approval = await sandbox.call('requestRotation', { credential: 'work' });
    const running = sandbox.approve(approval);
    await expect.poll(() => service.rotationRequests).toBe(1);
    trouble();
    return running;
  }

  it('goes to the keychain all the same when the disk takes nothing', async () => {
    const rotation = await rotateInto(() => {
      diskIsFull = true;
    });
    expect(rotation.newFingerprint).not.toBeNull();
    const [credential] = await sandbox.call('listCredentials', {});
    expect((await sandbox.keychain.get(`credential:${credential?.id}:current`))?.reveal()).toBe(service.key);
    expect(rotation).toMatchObject({ outcome: 'done' });
    expect(copied).toEqual([]);
  });

  it('is offered for copying while the keychain is locked, and goes on when it is open', async () => {
    const { id, waiting, offers } = await rotateInto(() => {
      sandbox.keychain.locked = true;
    });
    expect(waiting).toMatchObject({ on: 'keychain', problem: { message: expect.stringContaining('sealed on disk') } });
    expect(offers).toEqual(['go-on', 'copy-key']);
    expect(await sandbox.call('copyNewKey', { id })).toEqual({ clearedAfterSeconds: 30 });
    expect(copied.map((key) => key.reveal())).toEqual([service.key]);
    expect(sandbox.rekey.busy()).toBe(false);
    sandbox.keychain.locked = false;
    await sandbox.call('resumeRotation', { id });
    expect(await sandbox.settled(id)).toMatchObject({ outcome: 'done', offers: [] });
    expect(await readFile(config, 'utf8')).toContain(service.key);
  });

  it('stays in memory when both refuse it: it can be copied, and ending Rekey would lose it', async () => {
    const { id, waiting, offers } = await rotateInto(() => {
      sandbox.keychain.locked = true;
      diskIsFull = true;
    });
    expect(waiting?.problem.message).toContain('do not quit Rekey');
    expect(offers).toContain('copy-key');
    expect(sandbox.rekey.busy()).toBe(true);
    await sandbox.call('copyNewKey', { id });
    expect(copied.map((key) => key.reveal())).toEqual([service.key]);

    // The disk has room again: the sealed answer goes there, and the app may end.
    diskIsFull = false;
    await sandbox.call('resumeRotation', { id });
    expect(await sandbox.settled(id)).toMatchObject({ waiting: { on: 'keychain' } });
    expect(sandbox.rekey.busy()).toBe(false);
    await sandbox.restart();
    sandbox.keychain.locked = false;
    await sandbox.call('resumeRotation', { id });
    await expect.poll(async () => (await sandbox.call('getRotation', { id })).outcome).toBe('done');
    expect(await readFile(config, 'utf8')).toContain(service.key);
    expect(service.rotationRequests).toBe(1);
  });

  it('is not offered for copying by a rotation that has none in memory', async () => {
    const { id } = await sandbox.rotate('work');
    await expect(sandbox.call('copyNewKey', { id })).rejects.toMatchObject({ code: 'not-offered' });
    expect(copied).toEqual([]);
  });
});
