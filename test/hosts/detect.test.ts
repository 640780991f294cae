import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { claudeCode } from '../../main/hosts/catalogue/claude-code.ts';
import { catalogue } from '../../main/hosts/catalogue/index.ts';
import { hostCopies } from '../../main/hosts/copies.ts';
import { detectedHosts } from '../../main/hosts/detect.ts';
import { type Disk, thisDisk } from '../../main/hosts/disk.ts';
import type { Host } from '../../main/hosts/host.ts';
import type { Machine } from '../../main/machine.ts';
import { diskWith, machines, temporaryFolder, withEnv } from './machines.ts';

async function homeWith(files: readonly string[]): Promise<string> {
  const home = await temporaryFolder();
  for (const file of files) {
    await mkdir(dirname(join(home, file)), { recursive: true });
    await writeFile(join(home, file), '{}');
  }
  return home;
}

async function detected(machine: Machine, disk: Disk = diskWith(machine.platform, [])): Promise<string[]> {
  return [...(await detectedHosts(catalogue, machine, disk))];
}

describe('a host is detected', () => {
  it.each([
    ['claude-desktop', '.config/Claude/claude_desktop_config.json'],
    ['claude-desktop', '.config/Claude/Preferences'],
    ['claude-code', '.claude.json'],
    ['claude-code', '.claude/settings.json'],
    ['cursor', '.cursor/argv.json'],
    ['vscode', '.config/Code/User/settings.json'],
    ['vscode', '.vscode-server/data/User/mcp.json'],
    ['devin-desktop', '.codeium/windsurf/mcp_config.json'],
    ['devin-desktop', '.config/devin/config.json'],
    ['gemini-cli', '.gemini/settings.json'],
  ])('%s by ~/%s alone, and no other host by it', async (id, file) => {
    const home = await homeWith([file]);
    const alone = await detected({ ...machines.linux, home }, thisDisk);
    // Programs of this machine itself may be there: what counts is what the file adds.
    const before = await detected({ ...machines.linux, home: await temporaryFolder() }, thisDisk);
    expect(alone.filter((found) => !before.includes(found))).toEqual([id]);
  });

  it.each<[string, Machine, string]>([
    ['claude-desktop', machines.darwin, '/Applications/Claude.app/Contents/MacOS/Claude'],
    [
      'claude-desktop',
      machines.win32,
      'C:\\Users\\ann\\AppData\\Local\\Packages\\Claude_pzs8sxrjxfjjc\\Settings\\settings.dat',
    ],
    ['vscode', machines.darwin, '/Users/ann/Library/Application Support/Code/User/keybindings.json'],
    ['cursor', machines.win32, 'C:\\Users\\ann\\AppData\\Roaming\\Cursor\\Cookies'],
    ['gemini-cli', withEnv(machines.linux, { GEMINI_CLI_HOME: '/gem' }), '/gem/.gemini/settings.json'],
  ])('%s by what its program leaves', async (id, machine, file) => {
    expect(await detected(machine, diskWith(machine.platform, [file]))).toEqual([id]);
  });

  it('nowhere on an empty machine', async () => {
    for (const machine of Object.values(machines)) expect(await detected(machine)).toEqual([]);
  });

  it('not by a file that came along with a project', async () => {
    const files = [
      '/code/app/.cursor/mcp.json',
      '/code/app/.vscode/mcp.json',
      '/code/app/.mcp.json',
      '/code/app/.gemini/settings.json',
    ];
    expect(await detected(machines.linux, diskWith('linux', files))).toEqual([]);
  });

  it('not by a file of another program that it reads too, nor by a script', async () => {
    const settings = '/home/ann/.config/Code/User/settings.json';
    expect(await detected(machines.linux, diskWith('linux', [settings]))).toEqual(['vscode']);
    expect(await detected(machines.linux, diskWith('linux', ['/home/ann/.emacs.d/init.el']))).toEqual([]);
  });

  it('by something of its own, each of them', () => {
    const places = (host: Host): string[] =>
      [...host.traces, ...host.files.map(({ place }) => place)].map((place) => JSON.stringify(place));
    const readers = new Map<string, number>();
    for (const place of catalogue.flatMap(places)) readers.set(place, (readers.get(place) ?? 0) + 1);
    const without = catalogue.filter((host) => !places(host).some((place) => readers.get(place) === 1));
    expect(without.map(({ id }) => id)).toEqual([]);
  });
});

describe('copies that Claude Code made', () => {
  const made = [
    '.claude/backups/.claude.json.backup.1795209258540',
    '.claude/backups/.claude.json.corrupted.1795209691575',
    '.claude/backups/.config.json.backup.1795209258968',
    '.claude.json.backup',
    '.claude.json.backup.1795209258540',
    '.claude.json.corrupted.1795209691575',
    '.claude.json.tmp.11025.cc9982b5a3f4',
  ];

  it('are found wherever it puts them, and its own files are none', async () => {
    const home = await homeWith([...made, '.claude.json', '.claude/settings.json', '.claude/backups/notes.txt']);
    const copies = await hostCopies(claudeCode, { ...machines.linux, home });
    expect([...copies].sort()).toEqual(made.map((file) => join(home, file)).sort());
  });

  it('are found in the folder that CLAUDE_CONFIG_DIR names too', async () => {
    const home = await homeWith(['cc/backups/.claude.json.backup.1', '.claude/backups/.claude.json.backup.2']);
    const machine = withEnv({ ...machines.linux, home }, { CLAUDE_CONFIG_DIR: join(home, 'cc') });
    expect([...(await hostCopies(claudeCode, machine))].sort()).toEqual(
      [join(home, '.claude/backups/.claude.json.backup.2'), join(home, 'cc/backups/.claude.json.backup.1')].sort(),
    );
  });

  it('are none on a machine without any', async () => {
    expect(await hostCopies(claudeCode, { ...machines.linux, home: await temporaryFolder() })).toEqual([]);
  });
});
