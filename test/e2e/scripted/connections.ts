import type { Connection, ConnectionChange } from '../../../main/connect/connect.schema.ts';

const file = '/home/sam/.cursor/mcp.json';

/** Claude Desktop and Cursor aren't connected, Claude Code is, and Windsurf can't be. */
export function connections(): Connection[] {
  const why = {
    code: 'connect-by-hand',
    message: 'Rekey does not know how Windsurf writes the entry of a server. Nothing was changed.',
    wayOut: 'Add an MCP server named rekey there yourself, with the command "rekey" "mcp".',
  };
  return [
    {
      host: 'claude-desktop',
      state: 'not-connected',
      file: '/home/sam/.config/Claude/claude_desktop_config.json',
      why: null,
    },
    { host: 'cursor', state: 'not-connected', file, why: null },
    { host: 'claude-code', state: 'connected', file: '/home/sam/.claude.json', why: null },
    { host: 'windsurf', state: 'by-hand', file: null, why },
  ];
}

export function connectionChange(host: string, connect: boolean): ConnectionChange {
  const text = '\n    "rekey": {\n      "command": "/opt/Rekey/resources/bin/rekey",\n      "args": ["mcp"]\n    },';
  return { host, connect, file, isWholeFile: false, line: 2, text, hash: 'h' };
}
