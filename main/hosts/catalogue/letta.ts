import type { Host } from '../host.ts';

export const letta: Host = {
  id: 'letta',
  name: 'Letta',
  files: [
    { scope: 'user (older versions)', place: '~/.letta/mcp_config.json', format: 'json', tables: [['mcpServers']] },
  ],
  traces: ['~/.letta'],
  programs: {},
  reload: 'restart-host',
  rewritesFile: false,
  isDesktopApp: false,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*'],
  references: [],
  copies: [],
  known: 'source',
  patchable: 'partly',
  byHand: {
    why: 'Letta keeps the servers that were added to it in the database of its own server.',
    todo: 'Open the tool manager in the Letta web page, edit the MCP server, and put the new key into its field.',
  },
  evidence:
    'Not run. Older versions read ~/.letta/mcp_config.json: letta-ai/letta#2494, and read_mcp_config in its source; ' +
    'later ones did so only when a setting asked for it, and the source of 2026 does not name the file. Letta Code ' +
    '0.25.9 was run and has no table of its own. The folder is ~/.letta on every platform (letta/constants.py). It ' +
    'runs inside Python or a container and so can not be told from other programs. What its pages are called is not ' +
    'proven.',
};
