import type { Host } from '../host.ts';

export const rovoDev: Host = {
  id: 'rovo-dev',
  name: 'Rovo Dev CLI',
  files: [{ scope: 'user', place: '~/.rovodev/mcp.json', format: 'json', tables: [['mcpServers']] }],
  traces: ['~/.rovodev'],
  programs: {},
  reload: 'restart-host',
  rewritesFile: false,
  isDesktopApp: false,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*'],
  references: [],
  copies: [],
  known: 'documented',
  patchable: 'partly',
  byHand: {
    why: 'Rovo Dev can be told in its settings to keep its servers in a file elsewhere, and Rekey does not look there.',
    todo: 'If you have moved the file, open it in a text editor and put the new key in the place of the old one.',
  },
  evidence:
    'Not run. ~/.rovodev/mcp.json and its fields: support.atlassian.com, "Connect to an MCP server in Rovo Dev ' +
    'CLI". The setting mcp.mcpConfigPath in ~/.rovodev/config.yml moves it, as third parties say; that is not ' +
    'followed. How it writes the file, when it sees a changed one, whether it fills in variables and the name of ' +
    'its program are not known.',
};
