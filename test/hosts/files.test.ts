import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cursor } from '../../main/hosts/catalogue/cursor.ts';
import { catalogue } from '../../main/hosts/catalogue/index.ts';
import { filesOfHosts, hostFiles } from '../../main/hosts/files.ts';
import type { Host } from '../../main/hosts/host.ts';
import { diskWith, machines, temporaryFolder } from './machines.ts';

const { linux, win32 } = machines;

/** A host of nothing but these files. */
function hostWith(id: string, files: Host['files']): Host {
  return {
    id,
    name: id,
    patchable: 'yes',
    files,
    traces: [],
    programs: {},
    reload: 'by-itself',
    rewritesFile: false,
    isDesktopApp: false,
    secretFields: [],
    references: [],
    copies: [],
    known: 'unverified',
    evidence: 'made up',
  };
}

describe('the files of a host', () => {
  it('are in the list whether they are there or not', async () => {
    const home = await temporaryFolder();
    const files = await hostFiles(cursor, { ...linux, home }, []);
    expect(files.map(({ path }) => path)).toEqual([join(home, '.cursor/mcp.json')]);
  });

  it('are in the list for each project', async () => {
    const files = await hostFiles(cursor, linux, ['/code/one', '/code/two'], diskWith('linux', []));
    expect(files.map(({ path }) => path)).toEqual([
      '/home/ann/.cursor/mcp.json',
      '/code/one/.cursor/mcp.json',
      '/code/two/.cursor/mcp.json',
    ]);
  });

  it('are in the list once when the home folder is a project too', async () => {
    const files = await hostFiles(cursor, linux, ['/home/ann'], diskWith('linux', []));
    expect(files.map(({ scope }) => scope)).toEqual(['user']);
  });

  it('are in the list once when a link leads to the same file, under the first name', async () => {
    const home = await temporaryFolder();
    await mkdir(join(home, '.cursor'));
    await mkdir(join(home, 'app/.cursor'), { recursive: true });
    await writeFile(join(home, 'app/.cursor/mcp.json'), '{}');
    await symlink(join(home, 'app/.cursor/mcp.json'), join(home, '.cursor/mcp.json'));
    const files = await hostFiles(cursor, { ...linux, home }, [join(home, 'app')]);
    expect(files.map(({ path }) => path)).toEqual([join(home, '.cursor/mcp.json')]);
  });

  it('are in the list once when a project is known under two names, even before the file is there', async () => {
    const home = await temporaryFolder();
    await mkdir(join(home, 'app'));
    await symlink(join(home, 'app'), join(home, 'link'));
    const files = await hostFiles(cursor, { ...linux, home }, [join(home, 'app'), join(home, 'link')]);
    expect(files.map(({ path }) => path)).toEqual([join(home, '.cursor/mcp.json'), join(home, 'app/.cursor/mcp.json')]);
  });

  it('are the same file in any case on Windows', async () => {
    const files = await hostFiles(cursor, win32, ['C:\\Code\\App', 'c:\\code\\app'], diskWith('win32', []));
    expect(files.map(({ path }) => path)).toEqual([
      'C:\\Users\\ann\\.cursor\\mcp.json',
      'C:\\Code\\App\\.cursor\\mcp.json',
    ]);
  });

  it('stay two when only their contents are the same', async () => {
    const home = await temporaryFolder();
    for (const folder of ['one', 'two']) {
      await mkdir(join(home, folder, '.cursor'), { recursive: true });
      await writeFile(join(home, folder, '.cursor/mcp.json'), '{}');
    }
    const files = await hostFiles(cursor, { ...linux, home }, [join(home, 'one'), join(home, 'two')]);
    expect(files).toHaveLength(3);
  });

  it('hold none for a folder above a project unless it is there', async () => {
    const all = await hostFiles(
      hostWith('x', [{ scope: 'above', place: '<above>/.mcp.json', format: 'json', tables: [] }]),
      linux,
      ['/a/b/c', '/a/b/d'],
      diskWith('linux', ['/a/.mcp.json', '/a/b/c/.mcp.json']),
    );
    expect(all.map(({ path }) => path)).toEqual(['/a/.mcp.json']);
  });
});

describe('a file that two hosts read', () => {
  it('is in the list once, with the tables, the wider notation and the lock of both', async () => {
    const one = hostWith('one', [{ scope: 'user', place: '~/shared.json', format: 'json', tables: [['mcpServers']] }]);
    const other = hostWith('other', [
      {
        scope: 'also',
        place: '~/shared.json',
        format: 'jsonc',
        tables: [['servers'], ['mcpServers']],
        lock: { kind: 'lock-directory', staleMs: 10_000 },
      },
    ]);
    expect(await filesOfHosts([one, other], linux, [], diskWith('linux', []))).toEqual([
      {
        hostId: 'one',
        scope: 'user',
        path: '/home/ann/shared.json',
        inProject: false,
        alsoReadBy: ['other'],
        format: 'jsonc',
        tables: [['mcpServers'], ['servers']],
        lock: { kind: 'lock-directory', staleMs: 10_000 },
      },
    ]);
  });

  it('is .mcp.json for Claude Code and VS Code', async () => {
    const files = await filesOfHosts(catalogue, linux, ['/code/app'], diskWith('linux', []));
    expect(files.filter(({ path }) => path === '/code/app/.mcp.json').map(({ hostId }) => hostId)).toEqual([
      'claude-code',
    ]);
    expect(new Set(files.map(({ path }) => path)).size).toBe(files.length);
  });
});
