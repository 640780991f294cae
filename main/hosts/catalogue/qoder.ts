import type { Host } from '../host.ts';
import { inAppData } from './app-data.ts';
import { localHistory, openedFolders, userFolder } from './vscode-family.ts';

const servers = [['mcpServers']];
const user = userFolder('Qoder');

export const qoder: Host = {
  id: 'qoder',
  name: 'Qoder',
  patchable: 'yes',
  files: [
    {
      scope: 'user',
      place: inAppData('Qoder/SharedClientCache/mcp.json'),
      format: 'json',
      tables: servers,
    },
    { scope: 'user (.qoder)', place: '~/.qoder/mcp.json', format: 'json', tables: servers },
    { scope: 'user (settings.json)', place: '~/.qoder/settings.json', format: 'json', tables: servers },
  ],
  traces: [user, '~/.qoder'],
  programs: { darwin: ['Qoder.app/Contents/MacOS/*'], win32: ['Qoder.exe'] },
  reload: 'restart-host',
  rewritesFile: false,
  isDesktopApp: true,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*'],
  references: [],
  copies: [localHistory(user)],
  projectLists: openedFolders(user),
  known: 'third-party',
  evidence:
    'Not run, and sources differ: for the editor most name SharedClientCache/mcp.json on all three platforms ' +
    '(stacklok/toolhive config.go for Windows); some name ~/.qoder/mcp.json or ~/.qoder/settings.json instead. Keys ' +
    'in all of them are changed. When it reads them again, and whether it writes them from memory, is not known. ' +
    'Opened folders and Local History are kept as in VS Code, which it is made from; not seen.',
};
