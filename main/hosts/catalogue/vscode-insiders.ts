import type { Host } from '../host.ts';
import { localHistory, openedFolders, projectFiles, remoteFiles, userFiles, userFolder } from './vscode-family.ts';

const user = userFolder('Code - Insiders');
const remote = '~/.vscode-server-insiders';

export const vscodeInsiders: Host = {
  id: 'vscode-insiders',
  name: 'VS Code Insiders',
  patchable: 'yes',
  files: [...userFiles(user), ...remoteFiles(remote), ...projectFiles],
  traces: [
    user,
    remote,
    {
      darwin: '/Applications/Visual Studio Code - Insiders.app',
      win32: '%LOCALAPPDATA%/Programs/Microsoft VS Code Insiders',
      linux: '/usr/share/code-insiders',
    },
  ],
  programs: {
    darwin: ['Visual Studio Code - Insiders.app/Contents/MacOS/*'],
    win32: ['Code - Insiders.exe'],
    linux: ['code-insiders', '.vscode-server-insiders/bin/*/node', '.vscode-server-insiders/cli/servers/*/server/node'],
  },
  reload: 'restart-server',
  rewritesFile: false,
  isDesktopApp: true,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*'],
  references: ['${input:id}', '${env:NAME}', '${command:id}'],
  copies: [localHistory(user), `${remote}/data/User/History/*/*`],
  projectLists: openedFolders(user),
  known: 'source',
  evidence:
    'Not run. The same source as VS Code under another name; what is said there of microsoft/vscode holds here too. ' +
    'The names of its folders and programs were not seen on a machine. A portable one is found through VS Code: both ' +
    'take their folder from VSCODE_PORTABLE.',
};
