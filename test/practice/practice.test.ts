import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Approval } from '../../main/approvals/approval.schema.ts';
import type { BackupList } from '../../main/backups/backup.schema.ts';
import { systemCode } from '../../main/errors.ts';
import type { PracticeFile, PracticeView, Trouble } from '../../main/practice/practice.schema.ts';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import { filesBelow, openSandbox, type Sandbox } from '../sandbox/sandbox.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await openSandbox();
});
afterEach(() => sandbox.dispose());

const folder = (): string => join(sandbox.rekey.dataFolder, 'practice');
const text = (pieces: PracticeFile['now']): string => pieces.map((piece) => piece.text).join('');

async function ask<T>(name: string, input: unknown = {}): Promise<T> {
  return (await sandbox.call('callPractice', { name, input })).answer as T; // the shape of that call
}

async function view(): Promise<PracticeView> {
  const { practice } = await sandbox.call('getPractice', {});
  if (!practice) throw new Error('practice does not run');
  return practice;
}

/** Waits until the rotation rests. */
function rested(id: string): Promise<Rotation> {
  return new Promise((resolve, reject) => {
    const look = (rotation: Rotation): void => {
      if (rotation.id !== id || (rotation.step !== 'ended' && rotation.waiting === null)) return;
      dispose();
      resolve(rotation);
    };
    const dispose = sandbox.rekey.core.on((event) => {
      if (event.name === 'practice' && event.payload.name === 'rotation') look(event.payload.payload);
    });
    ask<Rotation>('getRotation', { id }).then(look, reject);
  });
}

async function rotate(): Promise<Rotation> {
  const { id, plan } = await ask<Approval>('requestRotation', { credential: 'practice' });
  const { rotationId } = await ask<Approval>('approve', { id, planHash: plan.hash });
  return rested(rotationId ?? '');
}

async function startWith(trouble: Trouble): Promise<string> {
  return (await sandbox.call('startPractice', { trouble })).serviceKey;
}

describe('practice', () => {
  it('rotates a key at its own service, in the files of a sandbox, and changes nothing in them but the key', async () => {
    const old = await startWith('none');
    const { outcome, sites } = await rotate();
    expect(outcome).toBe('done');
    expect(sites.map(({ state }) => state)).toEqual(['patched', 'patched', 'patched']);
    const { files, serviceKey } = await view();
    expect(serviceKey).not.toBe(old);
    for (const { path, before, now, onlyKeysDiffer } of files) {
      expect(path.startsWith(folder())).toBe(true);
      expect(text(before)).toContain(old);
      expect(text(now)).toBe(text(before).replaceAll(old, serviceKey));
      expect(await readFile(path, 'utf8')).toBe(text(now));
      expect(onlyKeysDiffer).toBe(true);
    }
  });

  it('leaves the real keys, rotations, activity, files and settings alone', async () => {
    await mkdir(join(sandbox.home, '.cursor'));
    await writeFile(join(sandbox.home, '.cursor', 'mcp.json'), '{ "mcpServers": {} }');
    const outside = async (): Promise<unknown[]> =>
      (await filesBelow(sandbox.home))
        .filter(({ path }) => !path.startsWith(folder()))
        .map(({ path, bytes }) => [path, bytes.toString('base64')]);
    const before = await outside();
    await startWith('none');
    await rotate();
    expect(await outside()).toEqual(before);
    expect(await sandbox.call('listCredentials', {})).toEqual([]);
    expect(await sandbox.call('listRotations', {})).toEqual([]);
    expect(await sandbox.call('listApprovals', {})).toEqual([]);
    expect(await sandbox.call('listActivity', {})).toEqual([]);
    expect(sandbox.keychain.accounts()).toEqual([]);
    const own = sandbox.events.filter(({ name }) => name !== 'practice').map(({ payload }) => payload);
    expect(new Set(own.map((payload) => JSON.stringify(payload)))).toEqual(new Set(['{"topic":"practice"}']));
  });

  it('finds its own files only, even where the real home holds the same key', async () => {
    const key = await startWith('none');
    await mkdir(join(sandbox.home, '.cursor'));
    await writeFile(join(sandbox.home, '.cursor', 'mcp.json'), `{ "mcpServers": { "a": { "url": "${key}" } } }`);
    const { plan } = await ask<Approval>('requestRotation', { credential: 'practice' });
    expect(plan.sites.map(({ file }) => file).every((file) => file.startsWith(folder()))).toBe(true);
    expect(plan.sites).toHaveLength(3);
    expect(plan.findings).toEqual([]);
  });

  it('shows a service that breaks the connection, and takes the key that its page shows', async () => {
    await startWith('connection-breaks');
    const rotation = await rotate();
    expect(rotation.outcome).toBe('lost');
    expect(rotation.offers).toContain('paste-key');
    await ask('adoptKey', { id: rotation.id, key: (await view()).serviceKey });
    await expect.poll(async () => (await ask<Rotation>('getRotation', { id: rotation.id })).outcome).toBe('done');
    const { files, serviceKey } = await view();
    for (const { now } of files) expect(text(now)).toContain(serviceKey);
  });

  it('shows a file that can’t be written, which is done when the person lets it be written again', async () => {
    await startWith('file-locked');
    const rotation = await rotate();
    expect(rotation.outcome).toBe('done-in-part');
    const left = rotation.sites.filter(({ state }) => state === 'to-do');
    expect(left.map(({ site }) => site.owner.name)).toEqual(['Cursor']);
    expect((await sandbox.call('endPracticeTrouble', {})).troubleEnded).toBe(true);
    await ask('resumeRotation', { id: rotation.id });
    await expect.poll(async () => (await ask<Rotation>('getRotation', { id: rotation.id })).outcome).toBe('done');
  });

  it('shows a program that puts the old key back, which is replaced again', async () => {
    await startWith('host-puts-back');
    const { outcome, sites } = await rotate();
    expect(outcome).toBe('done');
    expect(sites.filter(({ state }) => state === 'put-back').map(({ site }) => site.owner.name)).toEqual([
      'Claude Desktop',
    ]);
    expect((await view()).files.map(({ onlyKeysDiffer }) => onlyKeysDiffer)).toEqual([true, true, true]);
  });

  it('restores an earlier version of a file', async () => {
    const old = await startWith('none');
    await rotate();
    const { backups } = await ask<BackupList>('listBackups');
    const kept = backups.find(({ file }) => file.endsWith('mcp.json'));
    await ask('restoreBackup', { file: kept?.file, at: kept?.at, asItWas: true });
    expect(text((await view()).files[1]?.now ?? [])).toContain(old);
  });

  it('begins anew each time, with another key', async () => {
    const first = await startWith('none');
    await rotate();
    const second = await startWith('none');
    expect(second).not.toBe(first);
    expect(text((await view()).files[0]?.before ?? [])).toContain(second);
    expect(await ask('listRotations')).toEqual([]);
  });

  it('is asked for nothing that could reach out of it', async () => {
    await startWith('none');
    for (const name of [
      'changeSettings',
      'addCredential',
      'scanFiles',
      'deleteCopy',
      'redactKey',
      'startPractice',
      'x',
    ]) {
      await expect(ask(name, {})).rejects.toMatchObject({ code: 'practice-call-unknown' });
    }
    await expect(ask('restoreBackup', { file: join(sandbox.home, 'somewhere.json') })).rejects.toThrow();
  });

  it('has its approvals apart from the real ones', async () => {
    await startWith('none');
    const { id, plan } = await ask<Approval>('requestRotation', { credential: 'practice' });
    await expect(sandbox.call('approve', { id, planHash: plan.hash })).rejects.toMatchObject({
      code: 'approval-unknown',
    });
  });

  it.each(['script', 'agent'] as const)('is not for a carrier like %s', async (carrier) => {
    await expect(sandbox.call('startPractice', { trouble: 'none' }, carrier)).rejects.toMatchObject({
      code: 'call-not-allowed',
    });
  });
});

describe('the end of practice', () => {
  it('removes all that practice has made, and says so to whoever asks further', async () => {
    await startWith('file-locked');
    await rotate();
    await sandbox.call('endPractice', {});
    expect(await isThere(folder())).toBe(false);
    expect(await sandbox.call('getPractice', {})).toEqual({ practice: null });
    await expect(ask('listRotations')).rejects.toMatchObject({ code: 'practice-not-running' });
    await expect(sandbox.call('endPracticeTrouble', {})).rejects.toMatchObject({ code: 'practice-not-running' });
  });

  it('comes with the end of the app', async () => {
    await startWith('none');
    await sandbox.restart();
    expect(await isThere(folder())).toBe(false);
  });

  it('is caught up on when the app was killed in the middle of it', async () => {
    await mkdir(join(folder(), 'home', '.cursor'), { recursive: true });
    await writeFile(join(folder(), 'home', '.cursor', 'mcp.json'), '{}');
    await sandbox.restart();
    expect(await readdir(sandbox.rekey.dataFolder)).not.toContain('practice');
  });
});

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}
