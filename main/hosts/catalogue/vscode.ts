import type { Platform } from '../../machine.ts';
import type { Host } from '../host.ts';

const servers = [['servers']];
/** Until 1.102 the servers stood in settings.json, as an object or under the name with a dot. */
const legacy = [['mcp', 'servers'], ['mcp.servers']];

/** The folder of the user's settings; VSCODE_APPDATA moves what is around it. */
const user: Readonly<Record<Platform, string>> = {
  darwin: '${VSCODE_APPDATA:-~/Library/Application Support}/Code/User',
  win32: '${VSCODE_APPDATA:-%APPDATA%}/Code/User',
  linux: '${VSCODE_APPDATA:-${XDG_CONFIG_HOME:-~/.config}}/Code/User',
};

function inUser(rest: string): Readonly<Record<Platform, string>> {
  return { darwin: `${user.darwin}/${rest}`, win32: `${user.win32}/${rest}`, linux: `${user.linux}/${rest}` };
}

export const vscode: Host = {
  id: 'vscode',
  name: 'VS Code',
  files: [
    { scope: 'user', place: inUser('mcp.json'), format: 'jsonc', tables: servers },
    { scope: 'profile', place: inUser('profiles/*/mcp.json'), format: 'jsonc', tables: servers },
    { scope: 'settings (older)', place: inUser('settings.json'), format: 'jsonc', tables: legacy },
    { scope: 'profile settings (older)', place: inUser('profiles/*/settings.json'), format: 'jsonc', tables: legacy },
    { scope: 'portable', place: '${VSCODE_PORTABLE}/user-data/User/mcp.json', format: 'jsonc', tables: servers },
    {
      scope: 'portable profile',
      place: '${VSCODE_PORTABLE}/user-data/User/profiles/*/mcp.json',
      format: 'jsonc',
      tables: servers,
    },
    {
      scope: 'portable settings (older)',
      place: '${VSCODE_PORTABLE}/user-data/User/settings.json',
      format: 'jsonc',
      tables: legacy,
    },
    {
      scope: 'remote',
      place: '${VSCODE_AGENT_FOLDER:-~/.vscode-server}/data/User/mcp.json',
      format: 'jsonc',
      tables: servers,
    },
    {
      scope: 'remote settings (older)',
      place: '${VSCODE_AGENT_FOLDER:-~/.vscode-server}/data/Machine/settings.json',
      format: 'jsonc',
      tables: legacy,
    },
    { scope: 'project', place: '<project>/.vscode/mcp.json', format: 'jsonc', tables: servers },
    { scope: 'project settings (older)', place: '<project>/.vscode/settings.json', format: 'jsonc', tables: legacy },
    {
      scope: 'workspace',
      place: '<project>/*.code-workspace',
      format: 'jsonc',
      tables: legacy.map((path) => ['settings', ...path]),
    },
    {
      scope: 'container',
      place: '<project>/.devcontainer/devcontainer.json',
      format: 'jsonc',
      tables: [['customizations', 'vscode', 'mcp', 'servers']],
    },
    {
      scope: 'project (shared with Claude Code)',
      place: '<project>/.mcp.json',
      format: 'jsonc',
      tables: [['mcpServers']],
    },
  ],
  traces: [
    user,
    '~/.vscode-server',
    {
      darwin: '/Applications/Visual Studio Code.app',
      win32: '%LOCALAPPDATA%/Programs/Microsoft VS Code',
      linux: '/usr/share/code',
    },
  ],
  programs: {
    darwin: ['Visual Studio Code.app/Contents/MacOS/*'],
    win32: ['Code.exe'],
    linux: ['code', '.vscode-server/bin/*/node', '.vscode-server/cli/servers/*/server/node'],
  },
  reload: 'restart-server',
  rewritesFile: false,
  copies: [],
  evidence:
    'Not run. Places and tables: microsoft/vscode-docs docs/copilot/reference/mcp-configuration.md (2026-05-20) and ' +
    'microsoft/vscode src/vs/platform/mcp/common/mcpResourceScannerService.ts; portable, VSCODE_APPDATA: ' +
    'src/vs/platform/environment/node/userDataPath.ts; remote: serverEnvironmentService.ts. It reads the file again ' +
    'before it writes it. Adding a server in the user interface drops comments (microsoft/vscode#281583). A change is ' +
    'seen by itself, but a running server keeps its environment until it is started again, and VS Code asks for trust ' +
    'again. Not covered: a --user-data-dir, and ~/.copilot/mcp-config.json, which belongs to Copilot CLI. Keys typed ' +
    'into ${input:...} are encrypted in its own store.',
};
