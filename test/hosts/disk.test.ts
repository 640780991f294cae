import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../main/hosts/catalogue/index.ts';
import { forOneLook, thisDisk } from '../../main/hosts/disk.ts';
import { existingFilesOfHosts } from '../../main/hosts/files.ts';
import { isRoot } from '../configs/nobody.ts';
import { machines, temporaryFolder } from './machines.ts';

describe('a disk for one look', () => {
  it('finds what is there, links followed, and nothing else', async () => {
    const home = await temporaryFolder();
    await mkdir(join(home, 'a/b'), { recursive: true });
    await writeFile(join(home, 'a/b/c.json'), '');
    await symlink('a/b/c.json', join(home, 'link'));
    await symlink('gone', join(home, 'dangling'));
    const disk = forOneLook({ ...machines.linux, home });
    for (const path of ['a/b/c.json', 'a', 'link', 'dangling', 'a/x', 'x/y/z', 'a/b/c.json/d', 'A']) {
      expect([path, await disk.realPath(join(home, path))]).toEqual([path, await thisDisk.realPath(join(home, path))]);
      expect([path, await disk.isLink(join(home, path))]).toEqual([path, path === 'link' || path === 'dangling']);
      expect(await thisDisk.isLink(join(home, path))).toBe(await disk.isLink(join(home, path)));
    }
  });

  it('does not mind the case of a name where the system does not', async () => {
    const home = await temporaryFolder();
    await writeFile(join(home, 'Code.json'), '');
    const disk = forOneLook({ ...machines.darwin, home });
    await disk.remember([home]);
    expect(disk.rulesOut?.(home, 'code.json')).toBe(false);
    expect(disk.rulesOut?.(home, '*.JSON')).toBe(false);
    expect(disk.rulesOut?.(home, 'other.json')).toBe(true);
  });

  it.skipIf(isRoot)('asks for what is in a folder that can not be listed', async () => {
    const home = await temporaryFolder();
    await mkdir(join(home, 'closed'));
    await writeFile(join(home, 'closed/x'), '');
    await chmod(join(home, 'closed'), 0o300);
    const disk = forOneLook({ ...machines.linux, home });
    expect(await disk.realPath(join(home, 'closed/x'))).toBe(join(home, 'closed/x'));
    await chmod(join(home, 'closed'), 0o700);
  });

  it('rules nothing out that it has not seen', async () => {
    const home = await temporaryFolder();
    expect(forOneLook({ ...machines.linux, home }).rulesOut?.(home, 'x')).toBe(false);
  });

  it('finds the same files of projects as asking for each does', async () => {
    const home = await temporaryFolder();
    const projects = ['one', 'two/deep', 'three'].map((name) => join(home, name));
    for (const file of ['one/.mcp.json', 'one/.vscode/mcp.json', 'two/.mcp.json', 'two/deep/x.code-workspace']) {
      await mkdir(join(home, file, '..'), { recursive: true });
      await writeFile(join(home, file), '{}');
    }
    await mkdir(join(home, 'three'));
    const machine = { ...machines.linux, home };
    const disk = forOneLook(machine);
    await disk.remember(projects);
    const quick = await existingFilesOfHosts(catalogue, machine, projects, disk);
    expect(quick).toEqual(await existingFilesOfHosts(catalogue, machine, projects));
    expect(quick.map(({ path }) => path).sort()).toEqual(
      ['one/.mcp.json', 'one/.vscode/mcp.json', 'two/.mcp.json', 'two/deep/x.code-workspace'].map((file) =>
        join(home, file),
      ),
    );
  });
});
