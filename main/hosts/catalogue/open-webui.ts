import type { Host } from '../host.ts';

export const openWebui: Host = {
  id: 'open-webui',
  name: 'Open WebUI',
  files: [],
  traces: [
    '~/.open-webui',
    {
      darwin: '~/.local/share/uv/tools/open-webui',
      win32: '%APPDATA%/uv/tools/open-webui',
      linux: '${XDG_DATA_HOME:-~/.local/share}/uv/tools/open-webui',
    },
  ],
  programs: {},
  reload: 'restart-server',
  rewritesFile: false,
  isDesktopApp: false,
  secretFields: ['key'],
  references: [],
  copies: [],
  known: 'third-party',
  patchable: 'no',
  byHand: {
    why: 'Open WebUI keeps its servers in a database that only it can write.',
    todo: 'Open Admin Settings > External Tools in Open WebUI, choose the server, and put the new key into its field.',
  },
  evidence:
    'Not run. Servers are added under External Tools: docs.openwebui.com/features/mcp. That they then stand in webui.db, ' +
    'an SQLite file in the data folder, is from third parties. The data folder is wherever DATA_DIR says at its start; ' +
    '~/.open-webui is the one in the guide for uvx. It runs inside Python and so can not be told from other programs.',
};
