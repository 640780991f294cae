import type { Command } from '../command.ts';
import { WrongUse } from '../wrong-use.ts';

/** `rekey mcp` alone never comes here: the bridge is started without the command line. */
export const mcp: Command = {
  name: 'mcp',
  usage: 'mcp',
  summary: 'speak MCP on stdin and stdout, for MCP hosts',
  details: ['Host entry: {"command": "rekey", "args": ["mcp"]}'],
  options: {},
  words: [0, 0],
  async run() {
    throw new WrongUse('`rekey mcp` takes no arguments.', 'Usage: rekey mcp');
  },
};
