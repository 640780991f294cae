import type { Host } from '../host.ts';
import { localHistory, openedFolders, projectFiles, remoteFiles, userFiles, userFolder } from './vscode-family.ts';

const user = userFolder('VSCodium');
const remote = '~/.vscodium-server';

export const vscodium: Host = {
  id: 'vscodium',
  name: 'VSCodium',
  patchable: 'yes',
  files: [...userFiles(user), ...remoteFiles(remote), ...projectFiles],
  traces: [
    user,
    remote,
    {
      darwin: '/Applications/VSCodium.app',
      win32: '%LOCALAPPDATA%/Programs/VSCodium',
      linux: '/usr/share/codium',
    },
  ],
  programs: {
    darwin: ['VSCodium.app/Contents/MacOS/*'],
    win32: ['VSCodium.exe'],
    linux: ['codium', '.vscodium-server/bin/*/node'],
  },
  reload: 'restart-server',
  rewritesFile: false,
  isDesktopApp: true,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*'],
  references: ['${input:id}', '${env:NAME}', '${command:id}'],
  copies: [localHistory(user), `${remote}/data/User/History/*/*`],
  projectLists: openedFolders(user),
  known: 'unverified',
  evidence:
    'Not run. Built from the source of VS Code, so that what is said there is taken to hold here; the name of the ' +
    'folder is inferred from the name of the product, and nobody has been seen to state it for mcp.json.',
};
