import type { Host } from '../host.ts';

const servers = [['mcpServers']];

export const junie: Host = {
  id: 'junie',
  name: 'JetBrains Junie',
  patchable: 'yes',
  files: [
    { scope: 'user', place: '~/.junie/mcp/mcp.json', format: 'json', tables: servers },
    { scope: 'user (more files)', place: '~/.junie/mcp/*.json', format: 'json', tables: servers },
    { scope: 'project', place: '<project>/.junie/mcp/mcp.json', format: 'json', tables: servers },
  ],
  traces: ['~/.junie'],
  programs: {},
  reload: 'restart-host',
  rewritesFile: false,
  isDesktopApp: false,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*'],
  references: [],
  copies: [],
  known: 'documented',
  evidence:
    'Not run. Places: jetbrains.com/help/junie/model-context-protocol-mcp.html and ' +
    'junie.jetbrains.com/docs/junie-cli-mcp-configuration.html; laravel/boost writes the one of the project. That ' +
    'other .json files in the folder are read too is said by one source only: keys in them are changed as well. It ' +
    "runs in JetBrains' IDEs and as a command line; no name of a program of its own is known, nor when it reads a " +
    'file again.',
};
