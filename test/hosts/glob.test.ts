import { mkdir, writeFile } from 'node:fs/promises';
import here, { join, posix, win32 } from 'node:path';
import { describe, expect, it } from 'vitest';
import { thisDisk } from '../../main/hosts/disk.ts';
import { spread } from '../../main/hosts/glob.ts';
import { namePattern } from '../../main/hosts/name-pattern.ts';
import { diskWith, temporaryFolder } from './machines.ts';

describe('a star in a path', () => {
  it("finds each of Windows' packages, in any case, whether the file in it is there or not", async () => {
    const disk = diskWith('win32', [
      'C:\\P\\Claude_one\\x.json',
      'C:\\P\\claude_two\\other',
      'C:\\P\\ClaudeCode\\x.json',
    ]);
    expect(await spread('C:\\', 'P\\Claude_*\\x.json', win32, disk)).toEqual([
      'C:\\P\\Claude_one\\x.json',
      'C:\\P\\claude_two\\x.json',
    ]);
  });

  it('tells cases apart elsewhere', async () => {
    const disk = diskWith('linux', ['/p/Claude_one', '/p/claude_two']);
    expect(await spread('/', 'p/Claude_*', posix, disk)).toEqual(['/p/Claude_one']);
  });

  it('stands for folders and files on this disk, in their order', async () => {
    const folder = await temporaryFolder();
    for (const profile of ['b', 'a', '.hidden']) {
      await mkdir(join(folder, 'profiles', profile), { recursive: true });
      await writeFile(join(folder, 'profiles', profile, 'mcp.json'), '{}');
    }
    await writeFile(join(folder, 'profiles', 'a-file'), '');
    const found = await spread(folder, join('profiles', '*', '*.json'), here, thisDisk);
    expect(found).toEqual([join(folder, 'profiles', 'a', 'mcp.json'), join(folder, 'profiles', 'b', 'mcp.json')]);
  });

  it('finds nothing in a folder that is not there', async () => {
    const folder = await temporaryFolder();
    expect(await spread(folder, join('none', '*', 'x'), here, thisDisk)).toEqual([]);
  });

  it('is no star in the folder that the search starts from', async () => {
    const folder = await temporaryFolder();
    for (const name of ['a*b', 'axb']) await mkdir(join(folder, name));
    expect(await spread(join(folder, 'a*b'), 'x', here, thisDisk)).toEqual([join(folder, 'a*b', 'x')]);
  });
});

describe('a name with a star', () => {
  it.each([
    ['*.code-workspace', 'my work.code-workspace', true],
    ['*.code-workspace', 'code-workspace', false],
    ['*', '.hidden', false],
    ['.claude*.json.backup.*', '.claude.json.backup.1795209258540', true],
    ['.claude*.json.backup.*', '.claude-custom-oauth.json.backup.1', true],
    ['.claude*.json.backup.*', '.claudeXjson.backup.1', false],
    ['a.b', 'axb', false],
    ['a*', 'ba', false],
  ])('%s: %s %s', (pattern, name, fits) => {
    expect(namePattern(pattern, false).test(name)).toBe(fits);
  });
});
