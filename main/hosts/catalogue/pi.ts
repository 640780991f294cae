import type { Host } from '../host.ts';

const servers = [['mcpServers']];
const agent = '${PI_CODING_AGENT_DIR:-~/.pi/agent}';

export const pi: Host = {
  id: 'pi',
  name: 'Pi with its MCP adapter',
  files: [
    { scope: 'user', place: `${agent}/mcp.json`, format: 'json', tables: servers },
    { scope: 'user (shared)', place: '~/.config/mcp/mcp.json', format: 'json', tables: servers },
    { scope: 'user (shared by agents)', place: '~/.agents/mcp.json', format: 'json', tables: servers },
    { scope: 'user (shared by agents)', place: '~/.agents/mcp/mcp.json', format: 'json', tables: servers },
    { scope: 'project', place: '<project>/.pi/mcp.json', format: 'json', tables: servers },
    { scope: 'project (shared with Claude Code)', place: '<project>/.mcp.json', format: 'json', tables: servers },
  ],
  traces: [agent],
  programs: {
    darwin: ['@mariozechner/pi-coding-agent/dist/cli.js'],
    win32: ['@mariozechner/pi-coding-agent/dist/cli.js'],
    linux: ['@mariozechner/pi-coding-agent/dist/cli.js'],
  },
  reload: 'restart-host',
  rewritesFile: false,
  isDesktopApp: false,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*', 'bearerToken'],
  references: ['${NAME}', '$env:NAME', 'bearerTokenEnv'],
  copies: [],
  known: 'documented',
  patchable: 'yes',
  evidence:
    'Not run. Pi itself knows no MCP; its adapter does: nicobailon/pi-mcp-adapter README.md, with the places, those ' +
    'that it shares with other agents, and PI_CODING_AGENT_DIR. It writes only its own files. /reload or a restart ' +
    'makes a changed file count. The fields for tokens and the references were not read in its source. Known by its ' +
    'script alone, since the name pi is too short to be its own.',
};
