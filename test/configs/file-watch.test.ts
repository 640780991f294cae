import { mkdir, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { FileWatch } from '../../main/configs/file-watch.ts';
import { temporaryFolder } from '../hosts/machines.ts';

describe('a watch on files', () => {
  const open: FileWatch[] = [];
  afterEach(() => {
    for (const watch of open.splice(0)) watch.close();
  });

  async function watched(...paths: string[]): Promise<{ watch: FileWatch; changes: () => number }> {
    let changes = 0;
    const watch = new FileWatch(paths, () => {
      changes += 1;
    });
    open.push(watch);
    await watch.open();
    return { watch, changes: () => changes };
  }

  const pause = () => new Promise((resolve) => setTimeout(resolve, 200));

  it('tells of a write in place, a rename over it, and its end', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'config.json');
    await writeFile(path, 'one');
    const { changes } = await watched(path);
    for (const change of [
      () => writeFile(path, 'two'),
      async () => {
        await writeFile(join(folder, 'other'), 'three');
        await rename(join(folder, 'other'), path);
      },
      () => rm(path),
    ]) {
      const before = changes();
      await change();
      await expect.poll(changes).toBeGreaterThan(before);
    }
  });

  it('tells of the file that a link leads to', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'dotfiles'));
    const target = join(folder, 'dotfiles', 'real.json');
    await writeFile(target, 'one');
    await symlink(target, join(folder, 'config.json'));
    const { changes } = await watched(join(folder, 'config.json'));
    await writeFile(target, 'two');
    await expect.poll(changes).toBeGreaterThan(0);
  });

  it('tells nothing of other files in the folder, and nothing after its end', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'config.json');
    await writeFile(path, 'one');
    const { watch, changes } = await watched(path);
    await writeFile(join(folder, 'history.json'), 'x');
    await pause();
    expect(changes()).toBe(0);
    watch.close();
    await writeFile(path, 'two');
    await pause();
    expect(changes()).toBe(0);
  });

  it('sees by polling what it is not told: a folder that isn’t there yet, a change of the same size and time', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'later', 'config.json');
    const { watch } = await watched(path);
    expect([await watch.poll(), await watch.poll()]).toEqual([true, false]);
    await mkdir(join(folder, 'later'));
    const at = new Date('2026-01-01T00:00:00Z');
    await writeFile(path, 'one');
    await utimes(path, at, at);
    expect([await watch.poll(), await watch.poll()]).toEqual([true, false]);
    await writeFile(path, 'two');
    await utimes(path, at, at);
    expect([await watch.poll(), await watch.poll()]).toEqual([true, false]);
  });
});
