import type { Host, Place } from '../host.ts';
import { inAppData } from './app-data.ts';

const servers = [['mcpServers']];
const name = 'plugins/anythingllm_mcp_servers.json';
const desktop = inAppData('anythingllm-desktop/storage');
/** The folder that the makers' guide gives to a container. */
const container: Place = { darwin: '~/anythingllm', win32: '~/Documents/anythingllm', linux: '~/anythingllm' };

export const anythingllm: Host = {
  id: 'anythingllm',
  name: 'AnythingLLM',
  files: [
    {
      scope: 'user',
      place: {
        darwin: `\${STORAGE_DIR:-${desktop.darwin}}/${name}`,
        win32: `\${STORAGE_DIR:-${desktop.win32}}/${name}`,
        linux: `\${STORAGE_DIR:-${desktop.linux}}/${name}`,
      },
      format: 'json',
      tables: servers,
    },
    {
      scope: 'container',
      place: {
        darwin: `~/anythingllm/${name}`,
        win32: `~/Documents/anythingllm/${name}`,
        linux: `~/anythingllm/${name}`,
      },
      format: 'json',
      tables: servers,
    },
    { scope: 'storage folder', place: `<project>/${name}`, format: 'json', tables: servers },
    { scope: 'source folder', place: `<project>/server/storage/${name}`, format: 'json', tables: servers },
  ],
  traces: [
    desktop,
    container,
    { darwin: '/Applications/AnythingLLM.app', win32: '%LOCALAPPDATA%/Programs/AnythingLLM' },
  ],
  programs: { darwin: ['AnythingLLM.app/Contents/MacOS/*'], win32: ['AnythingLLM.exe'] },
  reload: 'restart-server',
  rewritesFile: false,
  isDesktopApp: true,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*'],
  references: [],
  copies: [],
  known: 'source',
  patchable: 'yes',
  evidence:
    'Not run. The name of the file, STORAGE_DIR, the fields and that it reads the file again before it writes it: ' +
    'Mintplex-Labs/anything-llm server/utils/MCP/hypervisor/index.js. The servers are started anew by Refresh on its page ' +
    'for agent skills. The folder of the desktop app is documented, that of a container is the one in ' +
    'docker/HOW_TO_USE_DOCKER.md; a container with another folder is found when the folder is added as a project. ' +
    'Programs: as third parties name them.',
};
