import { describe, expect, it } from 'vitest';
import { catalogue } from '../../main/hosts/catalogue/index.ts';
import { hostFiles } from '../../main/hosts/files.ts';
import type { Host } from '../../main/hosts/host.ts';
import type { Machine, Platform } from '../../main/machine.ts';
import { diskWith, machines, withEnv } from './machines.ts';

/** What each platform's disk holds for the stars of the catalogue to find. */
const starred: Readonly<Record<Platform, readonly string[]>> = {
  darwin: [
    '/Users/ann/Library/Application Support/Claude/Claude Extensions Settings/ant.dir.one.json',
    '/Users/ann/Library/Application Support/Code/User/profiles/-1/x',
    '/Users/ann/.gemini/extensions/market/x',
    '/code/app/all.code-workspace',
    '/code/.mcp.json',
  ],
  linux: [
    '/home/ann/.config/Claude/Claude Extensions Settings/ant.dir.one.json',
    '/home/ann/.config/Code/User/profiles/-1/x',
    '/home/ann/.gemini/extensions/market/x',
    '/code/app/all.code-workspace',
    '/code/.mcp.json',
  ],
  win32: [
    'C:\\Users\\ann\\AppData\\Roaming\\Claude\\Claude Extensions Settings\\ant.dir.one.json',
    'C:\\Users\\ann\\AppData\\Local\\Packages\\Claude_pzs8sxrjxfjjc\\x',
    'C:\\Users\\ann\\AppData\\Roaming\\Code\\User\\profiles\\-1\\x',
    'C:\\Users\\ann\\.gemini\\extensions\\market\\x',
    'C:\\code\\app\\all.code-workspace',
    'C:\\code\\.mcp.json',
  ],
};

/** `scope: path` of each of a host's files, with one project. */
async function placesOf(id: string, machine: Machine): Promise<string[]> {
  const project = machine.platform === 'win32' ? 'C:\\code\\app' : '/code/app';
  const files = await hostFiles(host(id), machine, [project], diskWith(machine.platform, starred[machine.platform]));
  return files.map(({ scope, path }) => `${scope}: ${path}`);
}

function host(id: string): Host {
  const found = catalogue.find((one) => one.id === id);
  if (!found) throw new Error(`no host ${id}`);
  return found;
}

const library = '/Users/ann/Library/Application Support';
const roaming = 'C:\\Users\\ann\\AppData\\Roaming';
const packaged = 'C:\\Users\\ann\\AppData\\Local\\Packages\\Claude_pzs8sxrjxfjjc\\LocalCache\\Roaming\\Claude';

const expected: Readonly<Record<string, Readonly<Record<Platform, readonly string[]>>>> = {
  'claude-desktop': {
    darwin: [
      `user: ${library}/Claude/claude_desktop_config.json`,
      `user (own gateway): ${library}/Claude-3p/claude_desktop_config.json`,
      `extension settings: ${library}/Claude/Claude Extensions Settings/ant.dir.one.json`,
    ],
    win32: [
      `user: ${roaming}\\Claude\\claude_desktop_config.json`,
      `user (Windows app): ${packaged}\\claude_desktop_config.json`,
      `extension settings: ${roaming}\\Claude\\Claude Extensions Settings\\ant.dir.one.json`,
      'user (own gateway): C:\\Users\\ann\\AppData\\Local\\Claude-3p\\claude_desktop_config.json',
      'user (own gateway, Windows app): C:\\Users\\ann\\AppData\\Local\\Packages\\Claude_pzs8sxrjxfjjc\\LocalCache\\Local\\Claude-3p\\claude_desktop_config.json',
    ],
    linux: [
      'user: /home/ann/.config/Claude/claude_desktop_config.json',
      'user (own gateway): /home/ann/.config/Claude-3p/claude_desktop_config.json',
      'extension settings: /home/ann/.config/Claude/Claude Extensions Settings/ant.dir.one.json',
    ],
  },
  'claude-code': {
    darwin: [
      'user and local: /Users/ann/.claude.json',
      'user and local (older name): /Users/ann/.claude/.config.json',
      'user and local (own sign-in service): /Users/ann/.claude-custom-oauth.json',
      'project: /code/app/.mcp.json',
      'above a project: /code/.mcp.json',
      'managed: /Library/Application Support/ClaudeCode/managed-mcp.json',
      'settings: /Users/ann/.claude/settings.json',
      'project settings: /code/app/.claude/settings.json',
      'project settings (own): /code/app/.claude/settings.local.json',
    ],
    win32: [
      'user and local: C:\\Users\\ann\\.claude.json',
      'user and local (older name): C:\\Users\\ann\\.claude\\.config.json',
      'user and local (own sign-in service): C:\\Users\\ann\\.claude-custom-oauth.json',
      'project: C:\\code\\app\\.mcp.json',
      'above a project: C:\\code\\.mcp.json',
      'managed: C:\\Program Files\\ClaudeCode\\managed-mcp.json',
      'settings: C:\\Users\\ann\\.claude\\settings.json',
      'project settings: C:\\code\\app\\.claude\\settings.json',
      'project settings (own): C:\\code\\app\\.claude\\settings.local.json',
    ],
    linux: [
      'user and local: /home/ann/.claude.json',
      'user and local (older name): /home/ann/.claude/.config.json',
      'user and local (own sign-in service): /home/ann/.claude-custom-oauth.json',
      'project: /code/app/.mcp.json',
      'above a project: /code/.mcp.json',
      'managed: /etc/claude-code/managed-mcp.json',
      'settings: /home/ann/.claude/settings.json',
      'project settings: /code/app/.claude/settings.json',
      'project settings (own): /code/app/.claude/settings.local.json',
    ],
  },
  cursor: {
    darwin: ['user: /Users/ann/.cursor/mcp.json', 'project: /code/app/.cursor/mcp.json'],
    win32: ['user: C:\\Users\\ann\\.cursor\\mcp.json', 'project: C:\\code\\app\\.cursor\\mcp.json'],
    linux: ['user: /home/ann/.cursor/mcp.json', 'project: /code/app/.cursor/mcp.json'],
  },
  vscode: {
    darwin: [
      `user: ${library}/Code/User/mcp.json`,
      `profile: ${library}/Code/User/profiles/-1/mcp.json`,
      `settings (older): ${library}/Code/User/settings.json`,
      `profile settings (older): ${library}/Code/User/profiles/-1/settings.json`,
      'remote: /Users/ann/.vscode-server/data/User/mcp.json',
      'remote settings (older): /Users/ann/.vscode-server/data/Machine/settings.json',
      'project: /code/app/.vscode/mcp.json',
      'project settings (older): /code/app/.vscode/settings.json',
      'workspace: /code/app/all.code-workspace',
      'container: /code/app/.devcontainer/devcontainer.json',
      'project (shared with Claude Code): /code/app/.mcp.json',
    ],
    win32: [
      `user: ${roaming}\\Code\\User\\mcp.json`,
      `profile: ${roaming}\\Code\\User\\profiles\\-1\\mcp.json`,
      `settings (older): ${roaming}\\Code\\User\\settings.json`,
      `profile settings (older): ${roaming}\\Code\\User\\profiles\\-1\\settings.json`,
      'remote: C:\\Users\\ann\\.vscode-server\\data\\User\\mcp.json',
      'remote settings (older): C:\\Users\\ann\\.vscode-server\\data\\Machine\\settings.json',
      'project: C:\\code\\app\\.vscode\\mcp.json',
      'project settings (older): C:\\code\\app\\.vscode\\settings.json',
      'workspace: C:\\code\\app\\all.code-workspace',
      'container: C:\\code\\app\\.devcontainer\\devcontainer.json',
      'project (shared with Claude Code): C:\\code\\app\\.mcp.json',
    ],
    linux: [
      'user: /home/ann/.config/Code/User/mcp.json',
      'profile: /home/ann/.config/Code/User/profiles/-1/mcp.json',
      'settings (older): /home/ann/.config/Code/User/settings.json',
      'profile settings (older): /home/ann/.config/Code/User/profiles/-1/settings.json',
      'remote: /home/ann/.vscode-server/data/User/mcp.json',
      'remote settings (older): /home/ann/.vscode-server/data/Machine/settings.json',
      'project: /code/app/.vscode/mcp.json',
      'project settings (older): /code/app/.vscode/settings.json',
      'workspace: /code/app/all.code-workspace',
      'container: /code/app/.devcontainer/devcontainer.json',
      'project (shared with Claude Code): /code/app/.mcp.json',
    ],
  },
  'devin-desktop': {
    darwin: [
      'user: /Users/ann/.config/devin/mcp_config.json',
      'user (older name): /Users/ann/.config/devin/config.json',
      'user (.devin): /Users/ann/.devin/mcp_config.json',
      'user (Windsurf): /Users/ann/.codeium/windsurf/mcp_config.json',
      'user (Windsurf Next): /Users/ann/.codeium/windsurf-next/mcp_config.json',
      'user (JetBrains plugin): /Users/ann/.codeium/mcp_config.json',
      'project: /code/app/.devin/mcp_config.json',
      'project (own): /code/app/.devin/mcp_config.local.json',
    ],
    win32: [
      `user: ${roaming}\\devin\\mcp_config.json`,
      `user (older name): ${roaming}\\devin\\config.json`,
      'user (.devin): C:\\Users\\ann\\.devin\\mcp_config.json',
      'user (Windsurf): C:\\Users\\ann\\.codeium\\windsurf\\mcp_config.json',
      'user (Windsurf Next): C:\\Users\\ann\\.codeium\\windsurf-next\\mcp_config.json',
      'user (JetBrains plugin): C:\\Users\\ann\\.codeium\\mcp_config.json',
      'project: C:\\code\\app\\.devin\\mcp_config.json',
      'project (own): C:\\code\\app\\.devin\\mcp_config.local.json',
    ],
    linux: [
      'user: /home/ann/.config/devin/mcp_config.json',
      'user (older name): /home/ann/.config/devin/config.json',
      'user (.devin): /home/ann/.devin/mcp_config.json',
      'user (Windsurf): /home/ann/.codeium/windsurf/mcp_config.json',
      'user (Windsurf Next): /home/ann/.codeium/windsurf-next/mcp_config.json',
      'user (JetBrains plugin): /home/ann/.codeium/mcp_config.json',
      'project: /code/app/.devin/mcp_config.json',
      'project (own): /code/app/.devin/mcp_config.local.json',
    ],
  },
  'gemini-cli': {
    darwin: [
      'user: /Users/ann/.gemini/settings.json',
      'project: /code/app/.gemini/settings.json',
      'extension: /Users/ann/.gemini/extensions/market/gemini-extension.json',
      'managed: /Library/Application Support/GeminiCli/settings.json',
      'managed defaults: /Library/Application Support/GeminiCli/system-defaults.json',
      'variables: /Users/ann/.gemini/.env',
      'variables of a project: /code/app/.gemini/.env',
    ],
    win32: [
      'user: C:\\Users\\ann\\.gemini\\settings.json',
      'project: C:\\code\\app\\.gemini\\settings.json',
      'extension: C:\\Users\\ann\\.gemini\\extensions\\market\\gemini-extension.json',
      'managed: C:\\ProgramData\\gemini-cli\\settings.json',
      'managed defaults: C:\\ProgramData\\gemini-cli\\system-defaults.json',
      'variables: C:\\Users\\ann\\.gemini\\.env',
      'variables of a project: C:\\code\\app\\.gemini\\.env',
    ],
    linux: [
      'user: /home/ann/.gemini/settings.json',
      'project: /code/app/.gemini/settings.json',
      'extension: /home/ann/.gemini/extensions/market/gemini-extension.json',
      'managed: /etc/gemini-cli/settings.json',
      'managed defaults: /etc/gemini-cli/system-defaults.json',
      'variables: /home/ann/.gemini/.env',
      'variables of a project: /code/app/.gemini/.env',
    ],
  },
};

describe.each(Object.values(machines))('on $platform', (machine) => {
  it.each(Object.keys(expected))('%s is looked for in each of its places and no other', async (id) => {
    expect((await placesOf(id, machine)).sort()).toEqual(expected[id]?.[machine.platform].toSorted());
  });
});

describe('a variable moves', () => {
  const { linux, darwin, win32 } = machines;

  it.each<[string, string, Machine, string[]]>([
    [
      "Claude Code's files",
      'claude-code',
      withEnv(linux, { CLAUDE_CONFIG_DIR: '/data/cc' }),
      [
        'user and local: /data/cc/.claude.json',
        'user and local (older name): /data/cc/.config.json',
        'user and local (own sign-in service): /data/cc/.claude-custom-oauth.json',
        'settings: /data/cc/settings.json',
      ],
    ],
    [
      "Claude Code's files on Windows",
      'claude-code',
      withEnv(win32, { CLAUDE_CONFIG_DIR: 'D:\\cc' }),
      [
        'user and local: D:\\cc\\.claude.json',
        'user and local (older name): D:\\cc\\.config.json',
        'user and local (own sign-in service): D:\\cc\\.claude-custom-oauth.json',
        'settings: D:\\cc\\settings.json',
      ],
    ],
    [
      "Claude Desktop's file",
      'claude-desktop',
      withEnv(linux, { XDG_CONFIG_HOME: '/xdg' }),
      ['user: /xdg/Claude/claude_desktop_config.json', 'user (own gateway): /xdg/Claude-3p/claude_desktop_config.json'],
    ],
    [
      "VS Code's user folder",
      'vscode',
      withEnv(darwin, { VSCODE_APPDATA: '/apps' }),
      ['user: /apps/Code/User/mcp.json', 'settings (older): /apps/Code/User/settings.json'],
    ],
    [
      "VS Code's user folder by XDG",
      'vscode',
      withEnv(linux, { XDG_CONFIG_HOME: '/xdg' }),
      ['user: /xdg/Code/User/mcp.json', 'settings (older): /xdg/Code/User/settings.json'],
    ],
    [
      'a portable VS Code',
      'vscode',
      withEnv(win32, { VSCODE_PORTABLE: 'E:\\code\\data' }),
      [
        'portable: E:\\code\\data\\user-data\\User\\mcp.json',
        'portable settings (older): E:\\code\\data\\user-data\\User\\settings.json',
      ],
    ],
    [
      "VS Code's remote folder",
      'vscode',
      withEnv(linux, { VSCODE_AGENT_FOLDER: '/agent' }),
      ['remote: /agent/data/User/mcp.json', 'remote settings (older): /agent/data/Machine/settings.json'],
    ],
    [
      "Devin's folder",
      'devin-desktop',
      withEnv(linux, { XDG_CONFIG_HOME: '/xdg' }),
      ['user: /xdg/devin/mcp_config.json', 'user (older name): /xdg/devin/config.json'],
    ],
    [
      "Gemini's home",
      'gemini-cli',
      withEnv(linux, { GEMINI_CLI_HOME: '/gem' }),
      ['user: /gem/.gemini/settings.json', 'variables: /gem/.gemini/.env'],
    ],
    [
      "Gemini's system settings",
      'gemini-cli',
      withEnv(linux, {
        GEMINI_CLI_SYSTEM_SETTINGS_PATH: '/sys/g.json',
        GEMINI_CLI_SYSTEM_DEFAULTS_PATH: '/sys/d.json',
      }),
      ['managed: /sys/g.json', 'managed: /sys/d.json'],
    ],
  ])('%s, and the usual places are still looked at', async (_, id, machine, moved) => {
    const places = await placesOf(id, machine);
    const usual = expected[id]?.[machine.platform] ?? [];
    expect([...places].sort()).toEqual([...usual, ...moved].sort());
  });
});

describe('the catalogue', () => {
  it('names each host once, with its evidence', () => {
    expect(new Set(catalogue.map(({ id }) => id)).size).toBe(catalogue.length);
    for (const { evidence } of catalogue) expect(evidence.length).toBeGreaterThan(40);
  });

  it('lets nothing be changed in files that an administrator owns, nor outside a server table', () => {
    const reportOnly = catalogue
      .flatMap(({ files }) => files)
      .filter(({ scope }) => /managed|settings$|settings \(own\)|extension settings/.test(scope));
    expect(reportOnly.length).toBeGreaterThan(5);
    for (const { tables } of reportOnly) expect(tables).toEqual([]);
  });

  it('reaches all servers of all projects in ~/.claude.json, under its lock', async () => {
    const [user] = await hostFiles(host('claude-code'), machines.linux, [], diskWith('linux', []));
    expect(user).toEqual({
      hostId: 'claude-code',
      scope: 'user and local',
      path: '/home/ann/.claude.json',
      inProject: false,
      alsoReadBy: [],
      format: 'json',
      tables: [['mcpServers'], ['projects', '*', 'mcpServers']],
      lock: { kind: 'lock-directory', staleMs: 10_000 },
    });
  });
});
