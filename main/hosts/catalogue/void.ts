import type { Host } from '../host.ts';
import { localHistory, openedFolders, userFolder } from './vscode-family.ts';

const user = userFolder('Void');

export const voidEditor: Host = {
  id: 'void',
  name: 'Void',
  patchable: 'yes',
  files: [{ scope: 'user', place: '~/.void-editor/mcp.json', format: 'json', tables: [['mcpServers']] }],
  traces: ['~/.void-editor', user],
  programs: { darwin: ['Void.app/Contents/MacOS/*'], win32: ['Void/Void.exe'] },
  reload: 'by-itself',
  rewritesFile: false,
  isDesktopApp: true,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*'],
  references: [],
  copies: [localHistory(user)],
  projectLists: openedFolders(user),
  known: 'source',
  evidence:
    'Not run. Read in voideditor/void: src/vs/workbench/contrib/void/common/mcpService.ts (plain JSON, watched and ' +
    'read again on a change) and product.json (the folder). Opened folders and Local History are kept as in VS Code, ' +
    'which it is made from; not seen. The program on Linux has a name that others may have and is left out.',
};
