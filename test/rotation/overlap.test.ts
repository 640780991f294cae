import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import { type FakeResend, startResend } from '../fakes/resend.ts';
import { openSandbox, type Sandbox } from '../sandbox/sandbox.ts';

const HOUR = 60;

describe('a rotation by a second key', () => {
  let service: FakeResend;
  let sandbox: Sandbox;
  let config: string;
  let old: string;

  beforeEach(async () => {
    service = await startResend();
    sandbox = await openSandbox();
    old = service.key;
    config = join(sandbox.home, '.claude.json');
    await writeFile(
      config,
      JSON.stringify({ mcpServers: { resend: { command: 'npx', env: { RESEND_API_KEY: old } } } }),
    );
    await sandbox.call('addCredential', { name: 'mail', provider: 'resend', key: old, baseUrl: service.url });
  });
  afterEach(async () => {
    await sandbox.dispose();
    await service.stop();
  });

  const get = (id: string): Promise<Rotation> => sandbox.call('getRotation', { id });

  async function rotate(graceMinutes: number): Promise<Rotation> {
    const { id, plan } = await sandbox.call('requestRotation', { credential: 'mail' });
    const { rotationId } = await sandbox.call('approve', { id, planHash: plan.hash, graceMinutes });
    return sandbox.settled(rotationId ?? '');
  }

  it('revokes the old key when the new one stands everywhere', async () => {
    const rotation = await rotate(0);
    expect(rotation).toMatchObject({ outcome: 'done', revocation: { by: 'rekey', state: 'revoked' }, offers: [] });
    expect(service.takes(old)).toBe(false);
    expect(service.keys).toHaveLength(1);
    expect(await readFile(config, 'utf8')).toContain(service.key);
    // And the next one knows which key it has to revoke.
    expect(await rotate(0)).toMatchObject({ outcome: 'done', revocation: { state: 'revoked' } });
    expect(service.keys).toHaveLength(1);
  });

  it('leaves the old key alive for as long as the person has chosen, over a restart, and revokes it then', async () => {
    const later = (minutes: number) => ({ now: () => new Date(Date.now() + minutes * 60_000) });
    const rotation = await rotate(HOUR);
    expect(rotation).toMatchObject({ outcome: 'done', revocation: { by: 'rekey', state: 'due' } });
    expect(rotation.offers).toEqual(['revoke', 'undo']);
    expect(service.takes(old)).toBe(true);
    await sandbox.restart(later(HOUR - 1));
    expect(await get(rotation.id)).toMatchObject({ revocation: { state: 'due' } });
    expect(service.takes(old)).toBe(true);
    await sandbox.restart(later(HOUR + 1));
    await expect.poll(async () => (await get(rotation.id)).revocation?.state).toBe('revoked');
    expect(service.takes(old)).toBe(false);
    expect(service.revocations).toBe(1);
  });

  it('does not revoke the old key while a file still holds it, and does when that was mended', async () => {
    const broken = join(sandbox.home, 'proj', '.mcp.json');
    await writeFile(broken, `{"mcpServers":{"r":{"command":"x","env":{"RESEND_API_KEY":"${old}"`);
    await sandbox.call('changeSettings', { projectFolders: [join(sandbox.home, 'proj')] });
    const rotation = await rotate(0);
    expect(rotation).toMatchObject({
      outcome: 'done-in-part',
      revocation: { state: 'held', problem: { code: 'not-revoked', message: expect.stringContaining(broken) } },
    });
    expect(service.takes(old)).toBe(true);
    await expect(sandbox.call('revokeOldKey', { id: rotation.id })).rejects.toMatchObject({ code: 'not-revoked' });
    expect(service.takes(old)).toBe(true);
    await writeFile(broken, `{"mcpServers":{"r":{"command":"x","env":{"RESEND_API_KEY":"${old}"}}}}`);
    await sandbox.call('resumeRotation', { id: rotation.id });
    await expect.poll(async () => (await get(rotation.id)).outcome).toBe('done');
    expect(await get(rotation.id)).toMatchObject({ revocation: { state: 'revoked', problem: null } });
    expect(service.takes(old)).toBe(false);
  });

  it('revokes the old key all the same when the person says that what is left stays as it is', async () => {
    const broken = join(sandbox.home, 'proj', '.mcp.json');
    await writeFile(broken, `{"mcpServers":{"r":{"command":"x","env":{"RESEND_API_KEY":"${old}"`);
    await sandbox.call('changeSettings', { projectFolders: [join(sandbox.home, 'proj')] });
    const { id } = await rotate(0);
    expect(await sandbox.call('revokeOldKey', { id, skipLeft: true })).toMatchObject({
      revocation: { state: 'revoked', problem: null },
    });
    expect(service.takes(old)).toBe(false);
  });

  it('looks once more before it revokes: a program that wrote the old key back gets the new one first', async () => {
    const { id } = await rotate(HOUR);
    await writeFile(config, (await readFile(config, 'utf8')).replace(service.key, old));
    expect(await sandbox.call('revokeOldKey', { id })).toMatchObject({ revocation: { state: 'revoked' } });
    expect(await readFile(config, 'utf8')).toContain(service.key);
    expect(service.takes(old)).toBe(false);
  });

  it('asks again by itself when the service does not revoke', async () => {
    service.fail('refuses-revocations');
    const { id } = await rotate(0);
    expect(await get(id)).toMatchObject({
      outcome: 'done',
      revocation: { state: 'due', problem: { code: 'not-revoked', wayOut: expect.stringContaining('https://') } },
    });
    expect(service.takes(old)).toBe(true);
    service.fail();
    await expect.poll(async () => (await get(id)).revocation?.state).toBe('revoked');
    expect(service.takes(old)).toBe(false);
  });

  it('is undone while the old key lives: files and keychain go back, and the newer key is revoked', async () => {
    const before = await readFile(config, 'utf8');
    const since = (await sandbox.call('listCredentials', {}))[0]?.createdAt;
    const { id } = await rotate(HOUR);
    const newer = service.key;
    const { id: asked, plan } = await sandbox.call('requestRotation', { credential: 'mail', undo: id });
    expect(plan).toMatchObject({ way: 'undo', consequences: [{ kind: 'newer-key-revoked' }], grace: null });
    const { rotationId } = await sandbox.call('approve', { id: asked, planHash: plan.hash });
    const undoing = await sandbox.settled(rotationId ?? '');
    expect(undoing).toMatchObject({ outcome: 'done', revocation: { by: 'rekey', state: 'revoked' } });
    expect(await readFile(config, 'utf8')).toBe(before);
    expect(service.takes(newer)).toBe(false);
    expect(service.takes(old)).toBe(true);
    // It is as old as it was, and not of today.
    expect((await sandbox.call('listCredentials', {}))[0]?.rotatedAt).toBe(since);
    expect(await get(id)).toMatchObject({ revocation: { state: 'undone' }, offers: [] });
    // The settings by which the old key is known at the service are back as well.
    expect(await rotate(0)).toMatchObject({ outcome: 'done', revocation: { state: 'revoked' } });
    expect(service.keys).toHaveLength(1);
  });

  it('refuses a further rotation, and to be forgotten, while the old key is left to it', async () => {
    const { id } = await rotate(HOUR);
    await expect(sandbox.call('requestRotation', { credential: 'mail' })).rejects.toMatchObject({
      code: 'old-key-alive',
    });
    await expect(sandbox.call('removeCredential', { credential: 'mail' })).rejects.toMatchObject({
      code: 'old-key-alive',
    });
    await sandbox.call('revokeOldKey', { id });
    expect(await rotate(0)).toMatchObject({ outcome: 'done' });
  });

  it.each([
    'rotates-and-breaks-before-the-answer',
    'rotates-and-answers-502',
    'rotates-and-answers-without-key',
  ] as const)('finds the key that nobody got by its name and removes it, when the service %s', async (fault) => {
    await sandbox.restart({ delays: { requestTimeout: 100, verifyTimeout: 2_000, doubtRecheck: 20, doubtSettle: 40 } });
    const before = await readFile(config, 'utf8');
    service.fail(fault);
    expect(await rotate(0)).toMatchObject({ outcome: 'unchanged', problem: { code: 'in-doubt' } });
    expect(service.rotationRequests).toBe(1);
    expect(service.keys).toHaveLength(1);
    expect(service.takes(old)).toBe(true);
    expect(await readFile(config, 'utf8')).toBe(before);
  });

  it('takes the key out of an answer that can’t be read, and still knows its id', async () => {
    service.fail('rotates-and-answers-garbage');
    const rotation = await rotate(HOUR);
    expect(rotation).toMatchObject({ outcome: 'done' });
    expect(rotation.keyIds.new).toBe(service.keys.find(({ id }) => id !== rotation.keyIds.old)?.id);
  });

  it('waits with a new key that the service does not take yet, and removes it when the person gives up', async () => {
    service.fail({ newKeyRefusedForMs: 600_000 });
    const waiting = await rotate(0);
    expect(waiting).toMatchObject({ step: 'staged', waiting: { on: 'service', problem: { code: 'new-key-refused' } } });
    expect(service.keys).toHaveLength(2);
    expect(await sandbox.call('giveUpRotation', { id: waiting.id })).toMatchObject({ outcome: 'unchanged' });
    expect(service.keys).toHaveLength(1);
    expect(service.takes(old)).toBe(true);
    expect(sandbox.keychain.accounts().filter((account) => account.startsWith('pending:'))).toEqual([]);
  });

  it('is not begun when nobody could say later which key is to be revoked', async () => {
    service.addKey('one');
    service.addKey('two');
    const rotation = await rotate(0);
    expect(rotation).toMatchObject({ outcome: 'stopped', problem: { code: 'old-key-unknown' } });
    expect(service.rotationRequests).toBe(0);
  });

  it('removes what an earlier rotation has left at the service', async () => {
    await sandbox.restart({ delays: { requestTimeout: 50, verifyTimeout: 2_000, doubtRecheck: 10, doubtSettle: 0 } });
    // It makes the key long after anybody has asked for it.
    service.fail({ rotatesAfterMs: 400 });
    expect(await rotate(0)).toMatchObject({ outcome: 'unchanged' });
    await expect.poll(() => service.keys.length).toBe(2);
    service.fail();
    await sandbox.restart();
    expect(await rotate(0)).toMatchObject({ outcome: 'done' });
    expect(service.keys).toHaveLength(1);
  });

  it('leaves a file that can’t be written to do, and the old key alive for it', async () => {
    await chmod(config, 0o444);
    const rotation = await rotate(0);
    expect(rotation).toMatchObject({ outcome: 'done-in-part', revocation: { state: 'held' } });
    expect(service.takes(old)).toBe(true);
    await chmod(config, 0o600);
    await sandbox.call('resumeRotation', { id: rotation.id });
    await expect.poll(async () => (await get(rotation.id)).revocation?.state).toBe('revoked');
  });
});
