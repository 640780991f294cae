import type { Host } from '../host.ts';
import { below, localHistory, openedFolders, userFolder } from './vscode-family.ts';

const servers = [['mcpServers']];
/** The name of the product on macOS and Windows; in lower case on Linux. */
const users = [userFolder('PearAI'), { linux: userFolder('pearai').linux }];
const agent = 'globalStorage/pearai.pearai-roo-cline/settings/pearai_agent_mcp_settings.json';

export const pearai: Host = {
  id: 'pearai',
  name: 'PearAI',
  patchable: 'yes',
  files: [
    { scope: 'agent', place: below(userFolder('PearAI'), agent), format: 'json', tables: servers },
    {
      scope: 'agent (lower case)',
      place: { linux: `${userFolder('pearai').linux}/${agent}` },
      format: 'json',
      tables: servers,
    },
    { scope: 'agent, project', place: '<project>/.pearai-agent/mcp.json', format: 'json', tables: servers },
    {
      scope: 'chat',
      place: '~/.pearai/config.json',
      format: 'jsonc',
      tables: [['experimental', 'modelContextProtocolServers']],
    },
  ],
  traces: [...users, '~/.pearai'],
  programs: { darwin: ['PearAI.app/Contents/MacOS/*'], win32: ['PearAI.exe'] },
  reload: 'restart-host',
  rewritesFile: false,
  isDesktopApp: true,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*', 'transport.env.*', 'transport.args[]', 'transport.url'],
  references: [],
  copies: [localHistory(userFolder('PearAI'))],
  projectLists: openedFolders(userFolder('PearAI')),
  known: 'third-party',
  evidence:
    'Not run. It is VS Code with changed copies of Roo Code and Continue inside. Files of the agent: a survey that ' +
    'cites trypear/PearAI-Roo-Code src/shared/globalFileNames.ts and constants.ts by line; which source a released ' +
    'build has is not known. The chat has the config.json of Continue in ~/.pearai, and that it reads servers from ' +
    'where Continue did is unverified. Keys of models stand in that file too, in no server: reported.',
};
