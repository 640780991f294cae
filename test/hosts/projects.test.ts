import { execFileSync } from 'node:child_process';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../main/hosts/catalogue/index.ts';
import { knownProjects } from '../../main/hosts/projects.ts';
import { diskWith, machines, temporaryFolder, withEnv } from './machines.ts';

async function homeWithProjects(names: readonly string[]): Promise<string> {
  const home = await temporaryFolder();
  for (const name of names) await mkdir(join(home, name), { recursive: true });
  return home;
}

function listOf(...folders: string[]): string {
  return JSON.stringify({
    numStartups: 3,
    projects: Object.fromEntries(folders.map((folder) => [folder, { allowedTools: [] }])),
  });
}

describe('known projects', () => {
  it('are those in ~/.claude.json, those of Gemini CLI and those that the person added', async () => {
    const home = await homeWithProjects(['claude', 'gemini', 'added', '.gemini']);
    await writeFile(join(home, '.claude.json'), listOf(join(home, 'claude')));
    await writeFile(
      join(home, '.gemini/projects.json'),
      JSON.stringify({ projects: { [join(home, 'gemini')]: 'gemini' } }),
    );
    const { folders, problems } = await knownProjects(catalogue, { ...machines.linux, home }, [join(home, 'added')]);
    expect(folders).toEqual([join(home, 'added'), join(home, 'claude'), join(home, 'gemini')]);
    expect(problems).toEqual([]);
  });

  it('are read from the places that CLAUDE_CONFIG_DIR and the older name lead to', async () => {
    const home = await homeWithProjects(['one', 'two', 'cc']);
    await writeFile(join(home, 'cc/.claude.json'), listOf(join(home, 'one')));
    await writeFile(join(home, 'cc/.config.json'), listOf(join(home, 'two')));
    const machine = withEnv({ ...machines.linux, home }, { CLAUDE_CONFIG_DIR: join(home, 'cc') });
    expect((await knownProjects(catalogue, machine, [])).folders).toEqual([join(home, 'one'), join(home, 'two')]);
  });

  it('are each there once, and only where the folder still is', async () => {
    const home = await homeWithProjects(['one']);
    await writeFile(
      join(home, '.claude.json'),
      listOf(join(home, 'one'), join(home, 'gone'), `${join(home, 'one')}/`, 'relative/one'),
    );
    const { folders } = await knownProjects(catalogue, { ...machines.linux, home }, [join(home, 'one')]);
    expect(folders).toEqual([join(home, 'one')]);
  });

  it('are in the notation of Windows there, whichever slashes the host wrote', async () => {
    const disk = diskWith('win32', ['C:\\code\\app\\x', 'D:\\']);
    const { folders } = await knownProjects(
      catalogue,
      machines.win32,
      ['C:/code/app/', 'c:\\code\\app', 'D:\\', '/home/ann'],
      disk,
    );
    expect(folders).toEqual(['C:\\code\\app', 'D:\\']);
  });

  it('are none, without a problem, where no host has a list', async () => {
    const home = await temporaryFolder();
    expect(await knownProjects(catalogue, { ...machines.linux, home }, [])).toEqual({ folders: [], problems: [] });
  });

  it.each([
    ['no list in it', '{"numStartups": 3}'],
    ['an array in its place', '{"projects": ["/"]}'],
    ['null in its place', '{"projects": null}'],
    ['nothing but null', 'null'],
  ])('are none, without a problem, for a file with %s', async (_, text) => {
    const home = await temporaryFolder();
    await writeFile(join(home, '.claude.json'), text);
    expect(await knownProjects(catalogue, { ...machines.linux, home }, [])).toEqual({ folders: [], problems: [] });
  });

  it('are read from a file with a BOM', async () => {
    const home = await homeWithProjects(['one']);
    await writeFile(join(home, '.claude.json'), `\uFEFF${listOf(join(home, 'one'))}`);
    expect((await knownProjects(catalogue, { ...machines.linux, home }, [])).folders).toEqual([join(home, 'one')]);
  });
});

describe('the projects that Codex trusts', () => {
  it('are those under [projects] in its config.toml', async () => {
    const home = await homeWithProjects(['one', 'two.three', '.codex']);
    const table = (folder: string): string =>
      `[projects.${JSON.stringify(join(home, folder))}]\ntrust_level = "trusted"\n`;
    await writeFile(
      join(home, '.codex/config.toml'),
      `model = "x"\n\n${table('one')}\n${table('two.three')}\n${table('gone')}`,
    );
    const { folders, problems } = await knownProjects(catalogue, { ...machines.linux, home }, []);
    expect(folders).toEqual([join(home, 'one'), join(home, 'two.three')]);
    expect(problems).toEqual([]);
  });
});

describe('the workspaces of VS Code and its kin', () => {
  it('are those in their workspaceStorage that are folders of this machine', async () => {
    const home = await homeWithProjects(['my shop', 'other', '.config/Code/User/workspaceStorage/1', 'cursor']);
    const storage = join(home, '.config/Code/User/workspaceStorage');
    await writeFile(
      join(storage, '1/workspace.json'),
      JSON.stringify({ folder: pathToFileURL(join(home, 'my shop')) }),
    );
    for (const [name, document] of [
      ['2', { folder: 'vscode-remote://wsl%2Bubuntu/home/ann/x' }],
      ['3', { workspace: pathToFileURL(join(home, 'all.code-workspace')) }],
      ['4', { folder: 7 }],
      ['5', { folder: 'file://%zz' }],
    ] as const) {
      await mkdir(join(storage, name));
      await writeFile(join(storage, name, 'workspace.json'), JSON.stringify(document));
    }
    await mkdir(join(home, '.config/Cursor/User/workspaceStorage/1'), { recursive: true });
    await writeFile(
      join(home, '.config/Cursor/User/workspaceStorage/1/workspace.json'),
      JSON.stringify({ folder: pathToFileURL(join(home, 'cursor')) }),
    );
    const { folders, problems } = await knownProjects(catalogue, { ...machines.linux, home }, []);
    // Of a workspace the folder of its file counts.
    expect(folders.toSorted()).toEqual([home, join(home, 'cursor'), join(home, 'my shop')]);
    expect(problems).toEqual([]);
  });
});

describe('a list of projects that is of no use', () => {
  it('is told of when it is not JSON, without a word of what stands in it', async () => {
    const home = await homeWithProjects(['added']);
    await writeFile(join(home, '.claude.json'), '{"mcpServers": {"a": {"env": {"KEY": sk-live-secret}}}');
    const { folders, problems } = await knownProjects(catalogue, { ...machines.linux, home }, [join(home, 'added')]);
    expect(folders).toEqual([join(home, 'added')]);
    expect(problems.map(({ error }) => error.code)).toEqual(['file-not-parsable']);
    expect(problems[0]?.error.message).toContain(join(home, '.claude.json'));
    expect(`${problems[0]?.error.message} ${problems[0]?.error.stack}`).not.toContain('secret');
    expect(problems[0]?.error.cause).toBeUndefined();
  });

  it('is told of when it is a folder, a pipe or a link in a circle, and nothing waits for one', async () => {
    const home = await homeWithProjects(['.claude.json', '.gemini', '.claude']);
    execFileSync('mkfifo', [join(home, '.gemini/projects.json')]);
    await symlink('.config.json', join(home, '.claude/.config.json'));
    const { problems } = await knownProjects(catalogue, { ...machines.linux, home }, []);
    expect(problems.map(({ error }) => error.code)).toEqual([
      'file-not-regular',
      'file-link-broken',
      'file-not-regular',
    ]);
  });

  it.skipIf(process.getuid?.() === 0)('is told of when it may not be read', async () => {
    const home = await temporaryFolder();
    await writeFile(join(home, '.claude.json'), '{}');
    await chmod(join(home, '.claude.json'), 0);
    const { problems } = await knownProjects(catalogue, { ...machines.linux, home }, []);
    expect(problems.map(({ error }) => error.code)).toEqual(['file-unreadable']);
  });
});
