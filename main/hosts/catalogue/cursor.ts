import type { Host } from '../host.ts';
import { inAppData } from './app-data.ts';
import { localHistory, openedFolders, userFolder } from './vscode-family.ts';

const servers = [['mcpServers']];
const user = userFolder('Cursor');

export const cursor: Host = {
  id: 'cursor',
  name: 'Cursor',
  patchable: 'yes',
  files: [
    { scope: 'user', place: '~/.cursor/mcp.json', format: 'jsonc', tables: servers },
    { scope: 'project', place: '<project>/.cursor/mcp.json', format: 'jsonc', tables: servers },
  ],
  traces: ['~/.cursor', inAppData('Cursor')],
  programs: {
    darwin: ['Cursor.app/Contents/MacOS/Cursor'],
    win32: ['Cursor.exe'],
    linux: ['cursor', '.cursor-server/bin/*/node'],
  },
  reload: 'restart-server',
  rewritesFile: false,
  isDesktopApp: true,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*', 'auth.*'],
  references: ['${env:NAME}'],
  copies: [localHistory(user)],
  projectLists: openedFolders(user),
  known: 'third-party',
  evidence:
    'Not run. Places and fields: cursor.com/docs/mcp, stacklok/toolhive config.go, docker/mcp-gateway. Whether it ' +
    'takes comments, and how it writes the file when a server is installed by a click, is not known: the file is ' +
    'read as the more lenient notation, and looked at again after a change. A server sees a new key when it is ' +
    'switched off and on. Opened folders and Local History are kept as in VS Code, which it is made from; not seen.',
};
