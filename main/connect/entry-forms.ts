/** The program that a host is to start. */
export interface ServerProgram {
  readonly command: string;
  readonly args: readonly string[];
}

/** Where and how a host has the entry of a server that it starts itself. */
export interface EntryForm {
  /** Of the file, as in the catalogue. */
  readonly scope: string;
  /** Names that lead to the table of servers. */
  readonly table: readonly string[];
  entry(program: ServerProgram): Readonly<Record<string, unknown>>;
}

const plain = ({ command, args }: ServerProgram) => ({ command, args });
const stdio = ({ command, args }: ServerProgram) => ({ type: 'stdio', command, args });

function inServers(
  scope: string,
  entry: EntryForm['entry'] = plain,
  table: readonly string[] = ['mcpServers'],
): EntryForm {
  return { scope, table, entry };
}

/**
 * Hosts whose entries Rekey writes, by id: those whose form is seen in files that the host itself or its makers wrote
 * (`test/fixtures/hosts`, and the evidence in the catalogue).
 */
export const entryForms: Readonly<Record<string, EntryForm>> = {
  'claude-desktop': inServers('user'),
  'claude-code': inServers('user and local', stdio),
  cursor: inServers('user'),
  vscode: inServers('user', stdio, ['servers']),
  'vscode-insiders': inServers('user', stdio, ['servers']),
  vscodium: inServers('user', stdio, ['servers']),
  'gemini-cli': inServers('user'),
  'qwen-code': inServers('user'),
  kiro: inServers('user'),
  'lm-studio': inServers('user'),
  droid: inServers('user', stdio),
  'copilot-cli': inServers('user', ({ command, args }) => ({ type: 'local', command, args, tools: ['*'] })),
  crush: inServers('user', stdio, ['mcp']),
  codex: inServers('user', plain, ['mcp_servers']),
};
