import type { Host } from '../host.ts';
import { inAppData } from './app-data.ts';
import { below, openedFolders } from './vscode-family.ts';

const servers = [['mcpServers']];
const app = inAppData('Kiro');

export const kiro: Host = {
  id: 'kiro',
  name: 'Kiro',
  files: [
    { scope: 'user', place: '~/.kiro/settings/mcp.json', format: 'jsonc', tables: servers },
    { scope: 'project', place: '<project>/.kiro/settings/mcp.json', format: 'jsonc', tables: servers },
    { scope: 'power', place: '~/.kiro/powers/*/mcp.json', format: 'jsonc', tables: servers },
    { scope: 'power (installed)', place: '~/.kiro/powers/*/*/mcp.json', format: 'jsonc', tables: servers },
  ],
  traces: [app, { darwin: '/Applications/Kiro.app', win32: '%LOCALAPPDATA%/Programs/Kiro' }],
  programs: {
    darwin: ['Kiro.app/Contents/MacOS/*'],
    win32: ['Kiro.exe'],
    linux: ['kiro'],
  },
  reload: 'restart-server',
  rewritesFile: false,
  isDesktopApp: true,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*'],
  references: ['${NAME}'],
  copies: [],
  projectLists: openedFolders(below(app, 'User')),
  known: 'documented',
  patchable: 'yes',
  evidence:
    'Not run. Places, fields and ${NAME}: kiro.dev/docs/mcp/configuration; it fills in only the variables that the ' +
    'person approved. Whether it takes comments is not known: the file is read as the more lenient notation. ' +
    'Powers, that a saved file is read by itself, the names of its programs and the list of folders, which it has ' +
    'as an offspring of VS Code, are not proven.',
};
