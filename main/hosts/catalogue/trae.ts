import type { Host } from '../host.ts';
import { below, localHistory, openedFolders, userFolder } from './vscode-family.ts';

const servers = [['mcpServers']];
/** Each edition is a program with folders of its own. */
const editions = ['Trae', 'Trae CN', 'TRAE SOLO', 'TRAE SOLO CN'];
const users = editions.map(userFolder);

export const trae: Host = {
  id: 'trae',
  name: 'Trae',
  patchable: 'yes',
  files: [
    ...editions.map((edition) => ({
      scope: `user (${edition})`,
      place: below(userFolder(edition), 'mcp.json'),
      format: 'json' as const,
      tables: servers,
    })),
    { scope: 'project', place: '<project>/.trae/mcp.json', format: 'json', tables: servers },
  ],
  traces: [...users, '~/.trae', '~/.trae-cn'],
  programs: {
    darwin: editions.map((edition) => `${edition}.app/Contents/MacOS/*`),
    win32: ['Trae.exe', 'Trae CN.exe'],
  },
  reload: 'restart-host',
  rewritesFile: false,
  isDesktopApp: true,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*'],
  references: [],
  copies: users.map(localHistory),
  projectLists: users.flatMap(openedFolders),
  known: 'third-party',
  evidence:
    'Not run. The place of the user file is the same in stacklok/toolhive config.go, mcpm.sh trae.py and three ' +
    'installers; of the SOLO editions two sources speak, one for Windows and one for macOS. The file of a project ' +
    'counts when project MCP is switched on. When it reads a file again is not known: a restart is asked for. Opened ' +
    'folders and Local History are kept as in VS Code, which it is made from; not seen.',
};
