import type { Host } from '../host.ts';
import { localHistory, openedFolders, projectFiles, remoteFiles, userFiles, userFolder } from './vscode-family.ts';

const user = userFolder('Code');
/** The one folder of a portable VS Code, the same on every platform. */
const portable = '${VSCODE_PORTABLE}/user-data/User';
const portableUser = { darwin: portable, win32: portable, linux: portable };
const remote = '${VSCODE_AGENT_FOLDER:-~/.vscode-server}';

export const vscode: Host = {
  id: 'vscode',
  name: 'VS Code',
  patchable: 'yes',
  files: [
    ...userFiles(user),
    ...userFiles(portableUser).map((file) => ({
      ...file,
      scope: file.scope === 'user' ? 'portable' : `portable ${file.scope}`,
    })),
    ...remoteFiles(remote),
    ...projectFiles,
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
  isDesktopApp: true,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*'],
  references: ['${input:id}', '${env:NAME}', '${command:id}'],
  copies: [localHistory(user), localHistory(portableUser), `${remote}/data/User/History/*/*`],
  projectLists: [...openedFolders(user), ...openedFolders(portableUser)],
  known: 'source',
  evidence:
    'Not run. Places and tables: microsoft/vscode-docs docs/copilot/reference/mcp-configuration.md (2026-05-20) and ' +
    'microsoft/vscode src/vs/platform/mcp/common/mcpResourceScannerService.ts; portable, VSCODE_APPDATA: ' +
    'src/vs/platform/environment/node/userDataPath.ts; remote: serverEnvironmentService.ts. It reads the file again ' +
    'before it writes it. Adding a server in the user interface drops comments (microsoft/vscode#281583). A change ' +
    'is seen by itself, but a running server keeps its environment until it is started again, and VS Code asks for ' +
    'trust again. Local History copies a file under a random name with the same ending whenever it is saved in the ' +
    'editor: workingCopyHistoryService.ts. Opened folders are noted in workspaceStorage; folders on other machines ' +
    'and workspaces of several folders stand there in another form and are left out. Not covered: a --user-data-dir, ' +
    'and ~/.copilot/mcp-config.json, which belongs to Copilot CLI. Keys typed into ${input:...} are encrypted in its ' +
    'own store, and a key that is the default of an input stands in no server: reported.',
};
