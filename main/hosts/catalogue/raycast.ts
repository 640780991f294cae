import type { Host } from '../host.ts';

const servers = [['mcpServers']];
const support = '~/Library/Application Support/com.raycast.macos';

export const raycast: Host = {
  id: 'raycast',
  name: 'Raycast',
  files: [
    {
      scope: 'extension',
      place: { darwin: `${support}/extensions/mcp/servers/mcp-config.json` },
      format: 'json',
      tables: servers,
    },
    {
      scope: 'extension (other version)',
      place: { darwin: `${support}/extensions/mcp/mcp-config.json` },
      format: 'json',
      tables: servers,
    },
  ],
  traces: [{ darwin: support }, { darwin: '/Applications/Raycast.app' }],
  programs: { darwin: ['Raycast.app/Contents/MacOS/*'] },
  reload: 'by-itself',
  rewritesFile: false,
  isDesktopApp: true,
  secretFields: ['env.*', 'args[]'],
  references: [],
  copies: [],
  known: 'source',
  patchable: 'partly',
  byHand: {
    why: 'Servers that were added to Raycast AI itself are in a database that only Raycast can write.',
    todo: 'Open Manage MCP Servers in Raycast, edit the server, and put the new key into its field.',
  },
  evidence:
    'Not run. macOS only. The extension for MCP reads and writes servers/mcp-config.json in its support folder, and reads ' +
    'it anew for each use: raycast/extensions extensions/mcp/src/getClients.ts and manage-mcp-servers.tsx. Third parties ' +
    'name the file without the folder servers, so both are looked at, and give the support folder. That the servers of ' +
    'Raycast AI itself stand in its encrypted database is not proven.',
};
