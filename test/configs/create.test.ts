import { mkdtemp, readdir, readFile, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFile, makeFolderFor } from '../../main/configs/create.ts';
import { destinationOf, isSamePlace } from '../../main/configs/destination.ts';
import type { Snapshot } from '../../main/configs/snapshot.ts';

let folder: string;

beforeEach(async () => {
  // A temporary folder may itself stand behind a link, as on macOS.
  folder = await realpath(await mkdtemp(join(tmpdir(), 'rekey-')));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function wanted(name: string, mode = 0o640): Promise<Snapshot> {
  const path = join(folder, name);
  const { uid, gid } = await stat(folder);
  return { path, target: path, bytes: Buffer.from('whole'), hash: '', mode, uid, gid };
}

describe('a file that is created', () => {
  it('is whole, has its mode, and nothing lies beside it', async () => {
    await createFile(await wanted('mcp.json'));
    expect(await readFile(join(folder, 'mcp.json'), 'utf8')).toBe('whole');
    expect((await stat(join(folder, 'mcp.json'))).mode & 0o777).toBe(0o640);
    expect(await readdir(folder)).toEqual(['mcp.json']);
  });

  it('never takes the place of one that another program has put there meanwhile', async () => {
    await writeFile(join(folder, 'mcp.json'), 'theirs');
    await expect(createFile(await wanted('mcp.json'))).rejects.toMatchObject({ code: 'file-changed' });
    expect(await readFile(join(folder, 'mcp.json'), 'utf8')).toBe('theirs');
    expect(await readdir(folder)).toEqual(['mcp.json']);
  });

  it('gets its folder, and no folder above it', async () => {
    const path = join(folder, 'one', 'mcp.json');
    await makeFolderFor(path, path);
    await makeFolderFor(path, path);
    expect(await readdir(folder)).toEqual(['one']);
    const deeper = join(folder, 'two', 'three', 'mcp.json');
    await expect(makeFolderFor(deeper, deeper)).rejects.toMatchObject({
      code: 'file-missing',
      message: expect.stringContaining(join(folder, 'two')),
    });
    expect(await readdir(folder)).toEqual(['one']);
  });
});

describe('where a path leads', () => {
  it('is told through every link, also where nothing is', async () => {
    await symlink('gone', join(folder, 'first'));
    await symlink('first', join(folder, 'second'));
    await symlink('.', join(folder, 'here'));
    expect(await destinationOf(join(folder, 'second'))).toBe(join(folder, 'gone'));
    expect(await destinationOf(join(folder, 'here', 'here', 'deep', 'none'))).toBe(join(folder, 'deep', 'none'));
    expect(await isSamePlace(join(folder, 'here', 'second'), join(folder, 'gone'))).toBe(true);
    expect(await isSamePlace(join(folder, 'gone'), join(folder, 'gone2'))).toBe(false);
  });

  it('is an error where links lead back to themselves', async () => {
    await symlink('b', join(folder, 'a'));
    await symlink('a', join(folder, 'b'));
    await expect(destinationOf(join(folder, 'a'))).rejects.toMatchObject({ code: 'file-link-broken' });
  });
});
