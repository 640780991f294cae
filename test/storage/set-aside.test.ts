import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setAside } from '../../main/storage/set-aside.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rekey-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('setting a file aside', () => {
  it('never replaces one that was set aside in the same millisecond', async () => {
    const path = join(folder, 'a.json');
    const now = new Date('2026-01-02T03:04:05.678Z');
    const texts = ['first', 'second', 'third'];
    const places: string[] = [];
    for (const text of texts) {
      await writeFile(path, text);
      places.push((await setAside(path, now)).to);
    }
    expect(await Promise.all(places.map((to) => readFile(to, 'utf8')))).toEqual(texts);
    expect(await readdir(folder)).toHaveLength(3);
  });

  it('tells where the file is now and that nothing in it was changed', async () => {
    const path = join(folder, 'a.json');
    await writeFile(path, 'x');
    const { to, view } = await setAside(path);
    expect(view.message).toContain(path);
    expect(view.message).toContain(to);
  });

  it('says so when it can’t be moved', async () => {
    await expect(setAside(join(folder, 'none.json'))).rejects.toMatchObject({ code: 'storage-unreadable' });
  });
});
