/** The program that a host is to start. */
export interface ServerProgram {
  readonly command: string;
  readonly args: readonly string[];
}

/** Where and how a host has the entry of a server that it starts itself. */
export interface EntryForm {
  /** Of the files, as in the catalogue. One that is there goes before one that isn't, then in this order. */
  readonly scopes: readonly [string, ...string[]];
  /** Names that lead to the table of servers. Where an older and a newer one are in use: the last one that is there. */
  readonly tables: readonly [readonly string[], ...(readonly string[])[]];
  /** The host makes the file itself, and takes one that it hasn't made for the sign that it was set up. */
  readonly needsFile: boolean;
  entry(program: ServerProgram): Readonly<Record<string, unknown>>;
}

const plain = ({ command, args }: ServerProgram) => ({ command, args });
const stdio = ({ command, args }: ServerProgram) => ({ type: 'stdio', command, args });
const transport = ({ command, args }: ServerProgram) => ({ command, args, transport: 'stdio' });
/** OpenCode and what is made from it: one list of words. A wrong entry keeps OpenCode from starting. */
const oneList = ({ command, args }: ServerProgram) => ({ type: 'local', command: [command, ...args] });
/** Goose drops an entry without one of these, and writes the file without it. */
const goose = ({ command, args }: ServerProgram) => ({
  enabled: true,
  type: 'stdio',
  name: 'rekey',
  description: 'Rekey',
  cmd: command,
  args,
  envs: {},
  env_keys: [],
  timeout: 300,
});

function form(given: Partial<EntryForm> = {}): EntryForm {
  return { scopes: ['user'], tables: [['mcpServers']], needsFile: false, entry: plain, ...given };
}

const inVisualStudioCode = form({ tables: [['servers']], entry: stdio });

/**
 * Hosts whose entries Rekey writes, by id: those whose form is seen in files that the host itself wrote, or in its
 * makers' source or documentation (`test/fixtures/hosts`, and the evidence in the catalogue).
 */
export const entryForms: Readonly<Record<string, EntryForm>> = {
  // Where the Windows app has a file of its own it reads no other.
  'claude-desktop': form({ scopes: ['user (Windows app)', 'user'] }),
  'claude-code': form({ scopes: ['user and local'], entry: stdio }),
  cursor: form(),
  'devin-desktop': form({
    scopes: ['user', 'user (older name)', 'user (.devin)', 'user (Windsurf)'],
    needsFile: true,
  }),
  vscode: inVisualStudioCode,
  'vscode-insiders': inVisualStudioCode,
  vscodium: inVisualStudioCode,
  'copilot-cli': form({ entry: ({ command, args }) => ({ type: 'local', command, args, tools: ['*'] }) }),
  junie: form(),
  zed: form({ tables: [['context_servers']] }),
  cline: form(),
  'roo-code': form({ scopes: ['user (in Code)', 'user (in Cursor)'], needsFile: true }),
  'kilo-code': form({ tables: [['mcp']], entry: (program) => ({ ...oneList(program), enabled: true }) }),
  codex: form({ tables: [['mcp_servers']] }),
  'gemini-cli': form(),
  'qwen-code': form(),
  opencode: form({ tables: [['mcp'], ['mcp', 'servers']], entry: oneList }),
  crush: form({ tables: [['mcp']], entry: stdio }),
  goose: form({ scopes: ['user (moved)', 'user'], tables: [['extensions']], needsFile: true, entry: goose }),
  amp: form({ scopes: ['user (own file)', 'user', 'user (with comments)'], tables: [['amp.mcpServers']] }),
  kiro: form(),
  'kiro-cli': form({ scopes: ['user', 'user (Amazon Q)'] }),
  warp: form(),
  droid: form({ entry: stdio }),
  auggie: form({ entry: stdio }),
  antigravity: form({ scopes: ['user', 'user (1.x)'] }),
  'kimi-code': form(),
  'grok-build': form({ tables: [['mcp_servers']] }),
  'rovo-dev': form({ entry: transport }),
  tabnine: form({ scopes: ['user (agent)', 'user'] }),
  void: form(),
  'lm-studio': form(),
  // It can write its file from its window's copy, without an entry that came since.
  jan: form({ needsFile: true, entry: (program) => ({ ...plain(program), env: {}, active: true }) }),
  anythingllm: form({ needsFile: true }),
  witsy: form({ needsFile: true }),
  mcporter: form({ scopes: ['user', 'user (with comments)', 'user (XDG)', 'user (XDG, with comments)'] }),
  pi: form(),
  openhands: form({ entry: transport }),
  hermes: form({ tables: [['mcp_servers']], needsFile: true }),
};
