import type { Host } from '../host.ts';

const servers = [['mcpServers']];

export const jetbrainsAir: Host = {
  id: 'jetbrains-air',
  name: 'JetBrains Air',
  patchable: 'partly',
  byHand: {
    why: 'JetBrains Air does not tell where it keeps its global servers, so Rekey finds only those of projects.',
    todo: 'Open Settings > AI | MCP Servers in JetBrains Air and put the new key into the configuration of the server.',
  },
  files: [
    { scope: 'project', place: '<project>/.air/mcp.json', format: 'json', tables: servers },
    { scope: 'project (shared)', place: '<project>/.mcp.json', format: 'json', tables: servers },
  ],
  traces: [],
  programs: {},
  reload: 'restart-host',
  rewritesFile: false,
  isDesktopApp: true,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*'],
  references: [],
  copies: [],
  known: 'documented',
  evidence:
    'Not run. Scopes and both files of a project: jetbrains.com/help/air/mcp-servers.html (2026-05-06), which names ' +
    'no file for the global scope and no field of a server; the usual ones are assumed. Nothing is known of the ' +
    'folders and programs by which it could be seen on a machine, nor of when it reads a file again.',
};
