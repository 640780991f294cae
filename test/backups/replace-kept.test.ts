import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BackupStore } from '../../main/backups/backup-store.ts';
import { replaceInAnyCase, replaceKept } from '../../main/backups/replace-kept.ts';
import { readSnapshot } from '../../main/configs/snapshot.ts';
import { writePatched } from '../../main/configs/write.ts';
import { LockableKeychain } from '../sandbox/lockable-keychain.ts';

let folder: string;
let path: string;
let keychain: LockableKeychain;
let backups: BackupStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rekey-'));
  path = join(folder, 'mcp.json');
  keychain = new LockableKeychain();
  // Each version is kept some minutes after the one before.
  let minutes = 0;
  const now = (): Date => new Date(Date.now() + 60_000 * minutes++);
  backups = new BackupStore({ folder: join(folder, 'backups'), keychain, now });
  await writeFile(path, '0');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Replaces the file after it was read; `meanwhile`, another program writes to it. */
async function replace(content: string, meanwhile?: string): Promise<string> {
  const old = await readSnapshot(path);
  return replaceKept(backups, old, { kind: 'restore' }, async () => {
    if (meanwhile !== undefined) await writeFile(path, meanwhile);
    await writePatched(old, Buffer.from(content));
  });
}

async function kept(): Promise<string[]> {
  const { backups: listed } = await backups.list(path);
  return Promise.all(listed.map(async ({ at }) => (await backups.open(path, at)).bytes.toString()));
}

describe('a file that is replaced', () => {
  it('is kept before, and the sixth time the oldest version goes', async () => {
    for (const content of ['1', '2', '3', '4', '5', '6']) await replace(content);
    expect(await kept()).toEqual(['5', '4', '3', '2', '1']);
  });

  it('is not kept when another program was faster, so that one which writes all the time pushes nothing out', async () => {
    for (const content of ['1', '2', '3', '4', '5']) await replace(content);
    for (const turn of ['a', 'b', 'c', 'd', 'e', 'f'])
      await expect(replace('never', turn)).rejects.toMatchObject({ code: 'file-changed' });
    expect(await readFile(path, 'utf8')).toBe('f');
    expect(await kept()).toEqual(['4', '3', '2', '1', '0']);
  });

  it('stays kept when nobody can say whether it was replaced', async () => {
    const old = await readSnapshot(path);
    const failing = replaceKept(backups, old, { kind: 'restore' }, async () => {
      await writeFile(path, 'half');
      throw new Error('the disk reported an error');
    });
    await expect(failing).rejects.toThrow('the disk reported an error');
    expect(await kept()).toEqual(['0']);
  });

  it('is not replaced when it can’t be kept', async () => {
    keychain.locked = true;
    await expect(replace('1')).rejects.toMatchObject({ code: 'backup-not-written' });
    expect(await readFile(path, 'utf8')).toBe('0');
  });
});

describe('a file that is replaced in any case', () => {
  async function replaceAnyway(content: string, meanwhile?: string) {
    const old = await readSnapshot(path);
    return replaceInAnyCase(backups, old, { kind: 'restore' }, async () => {
      if (meanwhile !== undefined) await writeFile(path, meanwhile);
      await writePatched(old, Buffer.from(content));
    });
  }

  it('is kept, and nothing is to be told', async () => {
    expect(await replaceAnyway('1')).toBeNull();
    expect(await kept()).toEqual(['0']);
  });

  it('is replaced when it can’t be kept, once, and it is told why', async () => {
    keychain.locked = true;
    expect(await replaceAnyway('1')).toMatchObject({ code: 'backup-not-written' });
    expect(await readFile(path, 'utf8')).toBe('1');
  });

  it('is left alone all the same when another program was faster', async () => {
    keychain.locked = true;
    await expect(replaceAnyway('1', 'theirs')).rejects.toMatchObject({ code: 'file-changed' });
    expect(await readFile(path, 'utf8')).toBe('theirs');
  });
});
