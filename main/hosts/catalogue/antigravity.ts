import type { Host } from '../host.ts';
import { inAppData } from './app-data.ts';
import { below, openedFolders } from './vscode-family.ts';

const servers = [['mcpServers']];
const app = inAppData('Antigravity');

export const antigravity: Host = {
  id: 'antigravity',
  name: 'Google Antigravity',
  files: [
    { scope: 'user', place: '~/.gemini/config/mcp_config.json', format: 'jsonc', tables: servers },
    { scope: 'user (1.x)', place: '~/.gemini/antigravity/mcp_config.json', format: 'jsonc', tables: servers },
    {
      scope: 'user (older command line)',
      place: '~/.gemini/antigravity-cli/mcp_config.json',
      format: 'jsonc',
      tables: servers,
    },
    { scope: 'project', place: '<project>/.antigravitycli/mcp_config.json', format: 'jsonc', tables: servers },
  ],
  traces: [
    app,
    '~/.gemini/antigravity',
    '~/.gemini/antigravity-cli',
    { darwin: '/Applications/Antigravity.app', win32: '%LOCALAPPDATA%/Programs/Antigravity' },
  ],
  programs: {
    darwin: ['Antigravity.app/Contents/MacOS/*', '.local/bin/agy'],
    win32: ['Antigravity.exe', 'agy/bin/agy.exe'],
    linux: ['antigravity', '.local/bin/agy'],
  },
  reload: 'restart-server',
  rewritesFile: false,
  isDesktopApp: true,
  secretFields: ['env.*', 'args[]', 'serverUrl', 'headers.*'],
  references: [],
  copies: ['~/.gemini/antigravity-backup/mcp_config.json'],
  projectLists: openedFolders(below(app, 'User')),
  known: 'third-party',
  patchable: 'yes',
  evidence:
    'Not run. ~/.gemini/config/mcp_config.json for all of Antigravity 2: gleanwork/mcp-config#110, ' +
    'openhab/openhab-addons#21080, CoplayDev/unity-mcp#1151; serverUrl holds the address of a remote server. ' +
    'Version 1 used ~/.gemini/antigravity and the command line ~/.gemini/antigravity-cli; antigravity-backup is a ' +
    'copy that the move to version 2 leaves. The file of a project is found, but its servers were not started in ' +
    'version 1.0.0 (google-antigravity/antigravity-cli#60). agy: jgravelle/jcodemunch-mcp#307. References, ' +
    'comments, the other programs and the list of folders, which it has as an offspring of VS Code, are not proven.',
};
