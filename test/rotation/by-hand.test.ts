import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import { type FakeBitscale, startBitscale } from '../fakes/bitscale.ts';
import { openSandbox, type Sandbox } from '../sandbox/sandbox.ts';

describe('a key that the person made by hand', () => {
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

  const get = (id: string): Promise<Rotation> => sandbox.call('getRotation', { id });

  /** What the person does on the service's page. */
  async function makeNewKey(): Promise<string> {
    await fetch(`${service.url}/api-key/rotate`, {
      method: 'POST',
      headers: { 'X-API-KEY': service.key, 'Content-Type': 'application/json' },
      body: '{}',
    });
    return service.key;
  }

  async function adopted(id: string, key: string, more: { evenIfRefused?: boolean } = {}): Promise<Rotation> {
    await sandbox.call('adoptKey', { id, key, ...more });
    return sandbox.settled(id);
  }

  const byHand = async (): Promise<Rotation> =>
    sandbox.approve(await sandbox.call('requestRotation', { credential: 'work', byHand: true }));

  async function lose(): Promise<Rotation> {
    service.fail('rotates-and-breaks-before-the-answer');
    const lost = await sandbox.rotate('work');
    service.fail();
    return lost;
  }

  it('takes the place of one that the service kept, in the keychain and in every file', async () => {
    const lost = await lose();
    expect(lost).toMatchObject({ outcome: 'lost', offers: ['paste-key'] });
    expect(lost.problem?.wayOut).toContain('rekey adopt work');
    const rotation = await adopted(lost.id, service.key);
    expect(rotation).toMatchObject({ outcome: 'done', problem: null, revocation: null, offers: [] });
    expect(await readFile(config, 'utf8')).toContain(service.key);
    expect(await sandbox.call('verifyCredential', { credential: 'work' })).toMatchObject({ state: 'accepted' });
    expect(service.rotationRequests).toBe(1);
  });

  it('can still be pasted after a restart', async () => {
    const lost = await lose();
    await sandbox.restart();
    expect(await adopted(lost.id, service.key)).toMatchObject({ outcome: 'done' });
  });

  it('is refused, with nothing changed, when it is the old one, another thing, or no good', async () => {
    const { id } = await lose();
    const before = await readFile(config, 'utf8');
    const paste = (key: string) => sandbox.call('adoptKey', { id, key });
    await expect(paste(old)).rejects.toMatchObject({ code: 'credential-key-known' });
    await expect(paste('lf_somebody_elses')).rejects.toMatchObject({ code: 'credential-key-form' });
    await expect(paste(`${service.key}\n`)).rejects.toMatchObject({ code: 'credential-key-form' });
    await expect(paste('sk-live-never-made')).rejects.toMatchObject({ code: 'credential-key-refused' });
    expect(await readFile(config, 'utf8')).toBe(before);
    expect(await get(id)).toMatchObject({ outcome: 'lost', offers: ['paste-key'] });
    expect(sandbox.keychain.accounts().filter((account) => account.startsWith('pending:'))).toEqual([]);
  });

  it('is taken when the service refuses it, if the person says so, and marked as not confirmed', async () => {
    const { id } = await lose();
    const rotation = await adopted(id, 'sk-live-not-yet-alive', { evenIfRefused: true });
    expect(rotation).toMatchObject({ outcome: 'done', unverified: { code: 'new-key-unconfirmed' } });
    expect(await readFile(config, 'utf8')).toContain('sk-live-not-yet-alive');
  });

  it('is not taken any more when another rotation has put it right meanwhile', async () => {
    const lost = await lose();
    const second = await byHand();
    expect(await adopted(second.id, service.key)).toMatchObject({ outcome: 'done' });
    await expect.poll(async () => (await get(lost.id)).offers).toEqual([]);
    const key = await makeNewKey();
    await expect(sandbox.call('adoptKey', { id: lost.id, key })).rejects.toMatchObject({ code: 'not-offered' });
  });

  it('is not taken by a rotation that needs none', async () => {
    const { id } = await sandbox.rotate('work');
    const key = await makeNewKey();
    await expect(sandbox.call('adoptKey', { id, key })).rejects.toMatchObject({ code: 'not-offered' });
  });

  it('is waited for, over a restart, and the service is asked for none', async () => {
    const asked = await byHand();
    expect(asked).toMatchObject({
      way: 'by-hand',
      waiting: { on: 'person', problem: { code: 'new-key-needed', wayOut: expect.stringContaining('https://') } },
      offers: ['paste-key', 'give-up'],
    });
    await sandbox.restart();
    await expect.poll(async () => (await get(asked.id)).offers).toEqual(['paste-key', 'give-up']);
    expect(service.rotationRequests).toBe(0);
    expect(await adopted(asked.id, await makeNewKey())).toMatchObject({ outcome: 'done' });
    expect(await readFile(config, 'utf8')).toContain(service.key);
  });

  it('leaves nothing behind when the person gives up', async () => {
    const before = await readFile(config, 'utf8');
    const { id } = await byHand();
    expect(await sandbox.call('giveUpRotation', { id })).toMatchObject({ step: 'ended', outcome: 'stopped' });
    expect(await readFile(config, 'utf8')).toBe(before);
    expect(await sandbox.rotate('work')).toMatchObject({ outcome: 'done' });
  });

  it('leaves the old one to be revoked by the person, and the service’s word counts', async () => {
    const { id } = await byHand();
    service.fail({ oldKeyLivesForMs: 600_000 });
    const rotation = await adopted(id, await makeNewKey());
    expect(rotation).toMatchObject({
      revocation: { by: 'person', state: 'due', at: null },
      offers: ['revoke', 'undo'],
    });
    await expect(sandbox.call('revokeOldKey', { id })).rejects.toMatchObject({ code: 'old-key-alive' });
    service.fail();
    expect(await sandbox.call('revokeOldKey', { id })).toMatchObject({ revocation: { state: 'revoked' }, offers: [] });
    const kinds = (await sandbox.call('listActivity', {})).map(({ kind }) => kind);
    expect(kinds).toContain('old-key-revoked');
  });

  it('goes, and the old one comes back everywhere, when the rotation is undone while that still works', async () => {
    const before = await readFile(config, 'utf8');
    const { id } = await byHand();
    service.fail({ oldKeyLivesForMs: 600_000 });
    await adopted(id, await makeNewKey());
    expect(await readFile(config, 'utf8')).not.toBe(before);
    const undoing = await sandbox.approve(await sandbox.call('requestRotation', { credential: 'work', undo: id }));
    expect(undoing).toMatchObject({
      way: 'undo',
      undoes: id,
      outcome: 'done',
      revocation: { by: 'person', state: 'due' },
    });
    expect(await readFile(config, 'utf8')).toBe(before);
    expect(await get(id)).toMatchObject({ revocation: { state: 'undone' }, offers: [] });
    const [credential] = await sandbox.call('listCredentials', {});
    expect((await sandbox.keychain.get(`credential:${credential?.id}:current`))?.reveal()).toBe(old);
    await expect(sandbox.call('requestRotation', { credential: 'work', undo: id })).rejects.toMatchObject({
      code: 'undo-impossible',
    });
  });

  it('stays when the old one is dead, so that there is nothing to go back to', async () => {
    const { id } = await byHand();
    await adopted(id, await makeNewKey());
    const undoing = await sandbox.approve(await sandbox.call('requestRotation', { credential: 'work', undo: id }));
    expect(undoing).toMatchObject({ outcome: 'stopped', problem: { code: 'key-refused' } });
    expect(await readFile(config, 'utf8')).toContain(service.key);
  });

  it('ends a doubt that the service does not settle', async () => {
    await sandbox.restart({ delays: { requestTimeout: 200, verifyTimeout: 2_000, doubtRecheck: 20, retry: 600_000 } });
    service.fail({ answersAfterMs: 1_000 });
    const approval = await sandbox.call('requestRotation', { credential: 'work' });
    const { rotationId } = await sandbox.call('approve', { id: approval.id, planHash: approval.plan.hash });
    await expect.poll(() => service.rotationRequests).toBe(1);
    service.fail('verification-500');
    const doubt = await sandbox.settled(rotationId ?? '');
    expect(doubt.offers).toEqual(['go-on', 'paste-key', 'give-up']);
    service.fail();
    expect(await adopted(doubt.id, service.key)).toMatchObject({ outcome: 'done' });
    expect(service.rotationRequests).toBe(1);
  });

  it('does not keep a doubt from being given up, after which the key can be rotated by hand', async () => {
    await sandbox.restart({ delays: { requestTimeout: 200, verifyTimeout: 2_000, doubtRecheck: 20, retry: 600_000 } });
    service.fail({ answersAfterMs: 1_000 });
    const approval = await sandbox.call('requestRotation', { credential: 'work' });
    const { rotationId } = await sandbox.call('approve', { id: approval.id, planHash: approval.plan.hash });
    await expect.poll(() => service.rotationRequests).toBe(1);
    service.fail('verification-500');
    const { id } = await sandbox.settled(rotationId ?? '');
    expect(await sandbox.call('giveUpRotation', { id })).toMatchObject({
      outcome: 'given-up',
      problem: { code: 'given-up', wayOut: expect.stringContaining('https://') },
    });
    service.fail();
    const again = await byHand();
    expect(await adopted(again.id, service.key)).toMatchObject({ outcome: 'done' });
    expect(service.rotationRequests).toBe(1);
  });
});
