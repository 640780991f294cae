import type { Host } from '../host.ts';
import { localHistory, openedFolders, userFolder } from './vscode-family.ts';

const servers = [['mcpServers']];
const config = {
  darwin: '${XDG_CONFIG_HOME:-~/.config}/devin',
  win32: '${XDG_CONFIG_HOME:-%APPDATA%}/devin',
  linux: '${XDG_CONFIG_HOME:-~/.config}/devin',
};
/** Settings of the editor itself, under its name of now and the one before. */
const users = [userFolder('Devin'), userFolder('Windsurf')];

export const devinDesktop: Host = {
  id: 'devin-desktop',
  name: 'Devin Desktop (formerly Windsurf)',
  patchable: 'yes',
  files: [
    {
      scope: 'user',
      place: {
        darwin: `${config.darwin}/mcp_config.json`,
        win32: `${config.win32}/mcp_config.json`,
        linux: `${config.linux}/mcp_config.json`,
      },
      format: 'jsonc',
      tables: servers,
    },
    {
      scope: 'user (older name)',
      place: {
        darwin: `${config.darwin}/config.json`,
        win32: `${config.win32}/config.json`,
        linux: `${config.linux}/config.json`,
      },
      format: 'jsonc',
      tables: servers,
    },
    { scope: 'user (.devin)', place: '~/.devin/mcp_config.json', format: 'jsonc', tables: servers },
    { scope: 'user (Windsurf)', place: '~/.codeium/windsurf/mcp_config.json', format: 'jsonc', tables: servers },
    {
      scope: 'user (Windsurf Next)',
      place: '~/.codeium/windsurf-next/mcp_config.json',
      format: 'jsonc',
      tables: servers,
    },
    { scope: 'user (JetBrains plugin)', place: '~/.codeium/mcp_config.json', format: 'jsonc', tables: servers },
    { scope: 'project', place: '<project>/.devin/mcp_config.json', format: 'jsonc', tables: servers },
    { scope: 'project (own)', place: '<project>/.devin/mcp_config.local.json', format: 'jsonc', tables: servers },
  ],
  traces: [config, '~/.devin', '~/.codeium/windsurf', '~/.windsurf', ...users],
  programs: {
    darwin: ['Devin.app/Contents/MacOS/*', 'Windsurf.app/Contents/MacOS/*'],
    win32: ['Devin.exe', 'Windsurf.exe'],
    linux: ['devin-desktop', 'windsurf', '.windsurf-server/bin/*/node'],
  },
  reload: 'restart-server',
  rewritesFile: false,
  isDesktopApp: true,
  secretFields: ['env.*', 'args[]', 'url', 'serverUrl', 'headers.*'],
  references: ['${env:NAME}', '${file:/path}'],
  copies: users.map(localHistory),
  projectLists: users.flatMap(openedFolders),
  known: 'documented',
  evidence:
    'Not run. Places: docs.devin.ai/cli/reference/configuration/config-file; under %APPDATA% on Windows and moved by ' +
    'XDG_CONFIG_HOME: herdrdev/herdr#3595. Windsurf became Devin Desktop on 2026-06-02 and still reads ' +
    '~/.codeium/windsurf (coder/registry#1050); remote servers stand under serverUrl there. Some write ' +
    '~/.devin/mcp_config.json, and the older command line kept the servers in config.json: keys in all of these are ' +
    'changed; it moves them from config.json to mcp_config.json when it starts. Programs on macOS: ' +
    'openai/codex#30046; Devin.exe and devin-desktop are taken from that name, not seen. The folders Devin/User and ' +
    'Windsurf/User are named by several readers of its data; Local History in them is as in VS Code, which it is ' +
    'made from, not seen.',
};
