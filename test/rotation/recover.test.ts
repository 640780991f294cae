import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../main/credentials/secret.ts';
import type { Rotation, Step } from '../../main/rotation/rotation.schema.ts';
import { writeDurably } from '../../main/storage/write-durably.ts';
import { type FakeBitscale, startBitscale } from '../fakes/bitscale.ts';
import { openSandbox, type Sandbox } from '../sandbox/sandbox.ts';

describe('a rotation that was interrupted', () => {
  let service: FakeBitscale;
  let sandbox: Sandbox;
  let config: string;
  let old: string;

  beforeEach(async () => {
    service = await startBitscale();
    sandbox = await openSandbox();
    old = service.key;
    config = join(sandbox.home, '.claude.json');
    await writeFile(
      config,
      JSON.stringify({ mcpServers: { bitscale: { command: 'uvx', env: { BITSCALE_API_KEY: old } } } }),
    );
    await sandbox.call('addCredential', { name: 'work', provider: 'bitscale', key: old, baseUrl: service.url });
  });
  afterEach(async () => {
    await sandbox.dispose();
    await service.stop();
  });

  const journalOf = (id: string): string => join(sandbox.rekey.dataFolder, 'rotations', `${id}.json`);
  const get = (id: string): Promise<Rotation> => sandbox.call('getRotation', { id });

  /** Puts the journal back to an earlier step, as a crash right after the step's effect leaves it. */
  async function rewind(id: string, step: Step): Promise<void> {
    const record = JSON.parse(await readFile(journalOf(id), 'utf8'));
    const reached = record.history.findIndex((entry: { step: Step }) => entry.step === step);
    const history = record.history.slice(0, reached + 1);
    // Rekey may read it just now.
    await writeDurably(journalOf(id), JSON.stringify({ ...record, step, history, outcome: null }));
  }

  it.each(['confirmed', 'preflighted'] as const)(
    'before anything was sent (%s) is ended, and nothing is sent after the start',
    async (step) => {
      const { id } = await sandbox.rotate('work');
      await rewind(id, step);
      await sandbox.restart();
      expect(await get(id)).toMatchObject({ outcome: 'stopped', problem: { code: 'interrupted' } });
      expect(service.rotationRequests).toBe(1);
    },
  );

  it('while the keychain was locked keeps the answer sealed on disk, over a restart, and goes on when it is unlocked', async () => {
    service.fail({ answersAfterMs: 200 });
    const approval = await sandbox.call('requestRotation', { credential: 'work' });
    const running = sandbox.approve(approval);
    await expect.poll(() => service.rotationRequests).toBe(1);
    sandbox.keychain.locked = true;
    const { id, waiting } = await running;
    expect(waiting).toMatchObject({
      on: 'keychain',
      problem: { code: 'keychain-locked', message: expect.stringContaining('sealed on disk') },
    });

    await sandbox.restart();
    await expect.poll(async () => (await get(id)).waiting?.on).toBe('keychain');
    const [receipt] = await readdir(join(sandbox.rekey.dataFolder, 'receipts'));
    const sealed = await readFile(join(sandbox.rekey.dataFolder, 'receipts', receipt ?? ''));
    expect(sealed.includes(service.key)).toBe(false);

    sandbox.keychain.locked = false;
    await sandbox.call('resumeRotation', { id });
    await expect.poll(async () => (await get(id)).outcome).toBe('done');
    expect(service.rotationRequests).toBe(1);
    expect(await readFile(config, 'utf8')).toContain(service.key);
  });

  it.each(['staged', 'verified'] as const)('with the key pending (%s) is finished after the start', async (step) => {
    const { id, target, newFingerprint } = await sandbox.rotate('work');
    // As before the promotion: the old key current, the new one pending.
    const fresh = service.key;
    await sandbox.keychain.set(`pending:${id}`, new Secret(JSON.stringify({ key: fresh, companions: {} })));
    await sandbox.keychain.set(`credential:${target.id}:current`, new Secret(old));
    await writeFile(config, (await readFile(config, 'utf8')).replace(fresh, old));
    await rewind(id, step);
    await sandbox.restart();
    await expect.poll(async () => (await get(id)).outcome).toBe('done');
    expect((await sandbox.keychain.get(`credential:${target.id}:current`))?.fingerprint).toBe(newFingerprint);
    expect((await sandbox.keychain.get(`credential:${target.id}:previous`))?.reveal()).toBe(old);
    expect(await readFile(config, 'utf8')).toContain(fresh);
    await expect
      .poll(() => sandbox.keychain.accounts().filter((account) => account.startsWith('pending:')))
      .toEqual([]);
  });

  it('after a file was renamed and before the journal knew of it counts the file as patched', async () => {
    const { id } = await sandbox.rotate('work');
    const record = JSON.parse(await readFile(journalOf(id), 'utf8'));
    await writeFile(
      journalOf(id),
      JSON.stringify({ ...record, sites: record.sites.map((site: object) => ({ ...site, state: 'pending' })) }),
    );
    await rewind(id, 'promoted');
    await sandbox.restart();
    await expect.poll(async () => (await get(id)).outcome).toBe('done');
    expect((await get(id)).sites.map(({ state }) => state)).toEqual(['patched']);
  });

  it('by a file that can’t be parsed is done in part, says what is left, and finishes it on request', async () => {
    const broken = join(sandbox.home, '.cursor', 'mcp.json');
    const text = JSON.stringify({ mcpServers: { bitscale: { env: { BITSCALE_API_KEY: old } } } });
    await mkdir(join(sandbox.home, '.cursor'));
    await writeFile(broken, text);
    service.fail({ answersAfterMs: 200 });
    const running = sandbox.rotate('work');
    await expect.poll(() => service.rotationRequests).toBe(1);
    await writeFile(broken, `${text.slice(0, -2)}`);
    const rotation = await running;
    expect(rotation).toMatchObject({ outcome: 'done-in-part', problem: { code: 'sites-left' } });
    expect(rotation.sites.find(({ site }) => site.file === broken)).toMatchObject({
      state: 'to-do',
      problem: { code: 'file-not-parsable' },
    });
    expect(await readFile(config, 'utf8')).toContain(service.key);

    await writeFile(broken, text);
    await sandbox.call('resumeRotation', { id: rotation.id });
    await expect.poll(async () => (await get(rotation.id)).outcome).toBe('done');
    expect(await readFile(broken, 'utf8')).toContain(service.key);
    await expect(sandbox.call('resumeRotation', { id: rotation.id })).rejects.toMatchObject({
      code: 'rotation-not-resumable',
    });
  });

  it('by a journal that can’t be read is set aside and reported, and the others are kept', async () => {
    const { id } = await sandbox.rotate('work');
    // The one that has rotated may still look through the journals.
    await sandbox.restart();
    const broken = join(sandbox.rekey.dataFolder, 'rotations', 'broken.json');
    await writeFile(broken, '{"version": 1');
    await chmod(broken, 0o600);
    await sandbox.restart();
    expect((await sandbox.call('listRotations', {})).map((rotation) => rotation.id)).toEqual([id]);
    const { notices } = await sandbox.call('getStatus', {});
    expect(notices).toMatchObject([{ code: 'file-set-aside' }]);
    expect(
      (await readdir(join(sandbox.rekey.dataFolder, 'rotations'))).filter((name) =>
        name.startsWith('broken.json.unreadable'),
      ),
    ).toHaveLength(1);
  });

  it('by a host that puts the old key back is patched again', async () => {
    await sandbox.restart({ delays: { lookAgain: 300, doubtRecheck: 20, verifyRetry: 20 } });
    const before = await readFile(config, 'utf8');
    const approval = await sandbox.call('requestRotation', { credential: 'work' });
    const running = sandbox.approve(approval);
    await expect
      .poll(async () => (await readFile(config, 'utf8')).includes(service.key) && service.key !== old)
      .toBe(true);
    await writeFile(config, `${before}\n`);
    const rotation = await running;
    expect(rotation.sites.map(({ state }) => state)).toEqual(['put-back']);
    expect(await readFile(config, 'utf8')).toContain(service.key);
    const activity = await sandbox.call('listActivity', {});
    expect(activity.find(({ kind }) => kind === 'key-put-back')).toMatchObject({ detail: 'Claude Code', who: 'rekey' });
    // Only what stood there before the rotation is kept: a host that writes the old key over and over pushes nothing out.
    expect((await sandbox.call('listBackups', {})).backups).toHaveLength(1);
  });
});
