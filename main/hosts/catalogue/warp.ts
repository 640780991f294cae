import type { Host } from '../host.ts';

/** Warp takes what people paste: with a name around the servers, or the bare servers. */
const anyShape = [['mcpServers'], ['servers'], ['mcp', 'servers'], []];
const servers = [['mcpServers']];

export const warp: Host = {
  id: 'warp',
  name: 'Warp',
  files: [
    { scope: 'user', place: '~/.warp/.mcp.json', format: 'json', tables: anyShape },
    { scope: 'user (preview)', place: '~/.warp-preview/.mcp.json', format: 'json', tables: anyShape },
    { scope: 'user (dev)', place: '~/.warp-dev/.mcp.json', format: 'json', tables: anyShape },
    { scope: 'user (open source)', place: '~/.warp-oss/.mcp.json', format: 'json', tables: anyShape },
    { scope: 'user (shared by agents)', place: '~/.agents/.mcp.json', format: 'json', tables: anyShape },
    { scope: 'project', place: '<project>/.warp/.mcp.json', format: 'json', tables: anyShape },
    { scope: 'project (shared by agents)', place: '<project>/.agents/.mcp.json', format: 'json', tables: anyShape },
    { scope: 'project (shared with Claude Code)', place: '<project>/.mcp.json', format: 'json', tables: servers },
  ],
  traces: [
    '~/.warp',
    {
      darwin: '/Applications/Warp.app',
      win32: '%LOCALAPPDATA%/Programs/Warp',
      linux: '/opt/warpdotdev/warp-terminal',
    },
  ],
  programs: {
    darwin: ['Warp.app/Contents/MacOS/stable'],
    win32: ['Programs/Warp/warp.exe'],
    linux: ['warp-terminal/warp'],
  },
  reload: 'restart-server',
  rewritesFile: false,
  // It has windows, but they are terminals: whoever quits it ends what runs in them.
  isDesktopApp: false,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*'],
  references: ['${NAME}'],
  copies: [],
  known: 'source',
  patchable: 'partly',
  byHand: {
    why: 'Servers that were added in the settings of Warp stand in a database that only Warp can write.',
    todo: 'In Warp, open Settings > Agents > MCP servers, choose the server, and put the new key into it.',
  },
  evidence:
    'Not run. Read in warpdotdev/warp app/src/ai/mcp/mod.rs (2026-08): the places, the shapes in which servers may ' +
    'stand, that it also reads the files of Claude Code and Codex, which are listed with those. Its folders are ' +
    'watched and read again (file_mcp_watcher.rs); whether a server that runs is started anew is not known. A ' +
    'variable in ${NAME} that is missing or empty is an error there. The names of its programs are not proven.',
};
