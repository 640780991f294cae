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
 * Hosts whose entries Rekey writes, by id: those whose form is seen in files that the host itself wrote (`test/fixtures/hosts`
 * and the evidence in the catalogue), or in its makers' source or documentation, which is named here then.
 */
export const entryForms: Readonly<Record<string, EntryForm>> = {
  // Where the Windows app has a file of its own it reads no other.
  'claude-desktop': form({ scopes: ['user (Windows app)', 'user'] }),
  'claude-code': form({ scopes: ['user and local'], entry: stdio }),
  cursor: form(),
  // docs.windsurf.com, Cascade, MCP. Which of the files of before is still read is not known: none is made.
  'devin-desktop': form({
    scopes: ['user', 'user (older name)', 'user (.devin)', 'user (Windsurf)'],
    needsFile: true,
  }),
  vscode: inVisualStudioCode,
  'vscode-insiders': inVisualStudioCode,
  vscodium: inVisualStudioCode,
  'copilot-cli': form({ entry: ({ command, args }) => ({ type: 'local', command, args, tools: ['*'] }) }),
  // JetBrains/kotlin-web-site, .junie/mcp/mcp.json
  junie: form(),
  // zed-industries/zed, crates/settings_content/src/project.rs: without a command it would be an extension's server.
  zed: form({ tables: [['context_servers']] }),
  // cline/cline, sdk/packages/core/src/extensions/mcp/config-loader.ts: all versions read this, newer ones write another.
  // Run: 3.0.65 keeps it when it adds a server.
  cline: form(),
  // RooCodeInc/Roo-Code, src/services/mcp/McpHub.ts
  'roo-code': form({ scopes: ['user (in Code)', 'user (in Cursor)'], needsFile: true }),
  // Kilo-Org/kilocode, packages/kilo-docs, using MCP in Kilo Code. Run: `kilo mcp list` of 7.8.1 starts it.
  'kilo-code': form({ tables: [['mcp']], entry: (program) => ({ ...oneList(program), enabled: true }) }),
  codex: form({ tables: [['mcp_servers']] }),
  'gemini-cli': form(),
  'qwen-code': form(),
  // anomalyco/opencode, packages/opencode/src/config/mcp.ts and v2-compat.ts: without `enabled`, which only older ones know.
  // Run: `opencode mcp list` of 1.18.33 starts it.
  opencode: form({ tables: [['mcp'], ['mcp', 'servers']], entry: oneList }),
  crush: form({ tables: [['mcp']], entry: stdio }),
  // block/goose, crates/goose/src/config/extensions.rs and agents/extension.rs
  goose: form({ scopes: ['user (moved)', 'user'], tables: [['extensions']], needsFile: true, entry: goose }),
  amp: form({ scopes: ['user (own file)', 'user', 'user (with comments)'], tables: [['amp.mcpServers']] }),
  kiro: form(),
  // aws/amazon-q-developer-cli, tools/custom_tool.rs; kiro.dev/docs/cli/mcp/configuration
  'kiro-cli': form({ scopes: ['user', 'user (Amazon Q)'] }),
  // warpdotdev/warp, app/src/ai/mcp/parsing.rs
  warp: form(),
  droid: form({ entry: stdio }),
  auggie: form({ entry: stdio }),
  // Seen by other people only, who agree.
  antigravity: form({ scopes: ['user', 'user (1.x)'] }),
  // MoonshotAI/kimi-code, packages/agent-core/src/mcp/config-loader.ts
  'kimi-code': form(),
  // docs.x.ai, Grok Build, MCP servers
  'grok-build': form({ tables: [['mcp_servers']] }),
  // support.atlassian.com, Rovo Dev CLI, MCP
  'rovo-dev': form({ entry: transport }),
  // docs.tabnine.com, agent, MCP server configuration
  tabnine: form({ scopes: ['user (agent)', 'user'] }),
  // voideditor/void, mcpService.ts
  void: form(),
  'lm-studio': form(),
  // janhq/jan, src-tauri/src/core/mcp/helpers.rs. Its window can write its own copy, without an entry that came since.
  jan: form({ needsFile: true, entry: (program) => ({ ...plain(program), env: {}, active: true }) }),
  // Mintplex-Labs/anything-llm, server/utils/MCP/hypervisor/index.js
  anythingllm: form({ needsFile: true }),
  // nbonamy/witsy, src/main/mcp.ts: an entry without `args` would hide all others.
  witsy: form({ needsFile: true }),
  // openclaw/mcporter, src/config-schema.ts
  mcporter: form({ scopes: ['user', 'user (with comments)', 'user (XDG)', 'user (XDG, with comments)'] }),
  // nicobailon/pi-mcp-adapter, types.ts
  pi: form(),
  // OpenHands/OpenHands-CLI, openhands_cli/mcp/mcp_utils.py
  openhands: form({ entry: transport }),
  // NousResearch/hermes-agent, mcp-config-reference.md
  hermes: form({ tables: [['mcp_servers']], needsFile: true }),
};
