import type { HostView } from '../../../main/hosts/host.schema.ts';

const home = '/home/sam';
export const claudeDesktopFile = `${home}/.config/Claude/claude_desktop_config.json`;
export const claudeCodeFile = `${home}/.claude.json`;
export const cursorFile = `${home}/.cursor/mcp.json`;
export const vsCodeFile = `${home}/.config/Code/User/mcp.json`;

const file = (path: string, scope = 'user'): HostView['files'][number] => ({
  path,
  scope,
  exists: true,
  parses: true,
  writable: true,
  problem: null,
});
const nothing = {
  patchable: 'yes' as const,
  byHand: null,
  files: [],
  servers: [],
  sites: [],
  references: [],
  outside: [],
  copies: [],
};

/** Six hosts that are there, with what can stand in their files, and some that are not. */
export function hosts(): HostView[] {
  return [
    {
      ...nothing,
      id: 'claude-desktop',
      name: 'Claude Desktop',
      detected: true,
      hasSomething: true,
      running: true,
      reload: 'restart-host',
      rewritesFile: true,
      files: [file(claudeDesktopFile)],
      servers: [
        { name: 'bitscale', file: claudeDesktopFile },
        { name: 'wallet', file: claudeDesktopFile },
      ],
      sites: [
        {
          credential: 'work',
          file: claudeDesktopFile,
          server: 'bitscale',
          place: 'env',
          path: ['mcpServers', 'bitscale', 'env', 'BITSCALE_API_KEY'],
          line: 7,
        },
        {
          credential: 'wallet',
          file: claudeDesktopFile,
          server: 'wallet',
          place: 'env',
          path: ['mcpServers', 'wallet', 'env', 'LIGHTNING_WALLET_API_KEY'],
          line: 14,
        },
      ],
    },
    {
      ...nothing,
      id: 'claude-code',
      name: 'Claude Code',
      detected: true,
      hasSomething: true,
      running: false,
      reload: 'restart-server',
      rewritesFile: true,
      files: [file(claudeCodeFile), file('/home/sam/projects/shop/.mcp.json', 'project')],
      servers: [{ name: 'bitscale', file: claudeCodeFile }],
      sites: [
        {
          credential: 'work',
          file: claudeCodeFile,
          server: 'bitscale',
          place: 'argument',
          path: ['mcpServers', 'bitscale', 'args', 3],
          line: 2113,
        },
      ],
      outside: [
        { credential: 'work', isEarlier: true, file: claudeCodeFile, where: 'outside-server-table', line: 48_213 },
        { credential: 'work', isEarlier: true, file: claudeCodeFile, where: 'outside-server-table', line: 50_102 },
        { credential: 'work', isEarlier: false, file: claudeCodeFile, where: 'comment', line: 3 },
      ],
      copies: [
        { path: `${home}/.claude/backups/.claude.json.backup.1763640000000`, credential: 'work', holdsEarlier: true },
      ],
    },
    {
      ...nothing,
      id: 'cursor',
      name: 'Cursor',
      detected: true,
      hasSomething: true,
      running: true,
      reload: 'by-itself',
      rewritesFile: false,
      files: [file(cursorFile)],
      servers: [{ name: 'bitscale', file: cursorFile }],
      sites: [
        {
          credential: 'work',
          file: cursorFile,
          server: 'bitscale',
          place: 'header',
          path: ['mcpServers', 'bitscale', 'headers', 'X-API-KEY'],
          line: 6,
        },
      ],
    },
    {
      ...nothing,
      id: 'vscode',
      name: 'VS Code',
      detected: true,
      hasSomething: true,
      running: null,
      reload: 'restart-server',
      rewritesFile: false,
      files: [file(vsCodeFile)],
      servers: [{ name: 'logs', file: vsCodeFile }],
      references: [
        {
          file: vsCodeFile,
          server: 'logs',
          path: ['servers', 'logs', 'env', 'LOG10X_API_KEY'],
          name: 'LOG10X_API_KEY',
          expression: '${input:log10x-key}',
          line: 9,
          source: { kind: 'input', name: 'log10x-key', setIn: [] },
        },
      ],
    },
    {
      ...nothing,
      id: 'gemini',
      name: 'Gemini CLI',
      detected: true,
      hasSomething: true,
      running: false,
      reload: 'restart-host',
      rewritesFile: false,
      files: [
        {
          path: `${home}/.gemini/settings.json`,
          scope: 'user',
          exists: true,
          parses: false,
          writable: true,
          problem: {
            code: 'file-not-parsable',
            message: "settings.json can't be read: a value is missing here (line 12, column 3). It was not changed.",
            wayOut: 'Open the file in an editor and repair it there, then try again.',
          },
        },
      ],
    },
    {
      ...nothing,
      id: 'windsurf',
      name: 'Windsurf',
      detected: true,
      hasSomething: true,
      running: false,
      reload: 'restart-server',
      rewritesFile: false,
      files: [{ ...file(`${home}/.codeium/windsurf/mcp_config.json`), writable: false }],
    },
    {
      ...nothing,
      id: 'cherry-studio',
      name: 'Cherry Studio',
      detected: true,
      hasSomething: true,
      running: true,
      patchable: 'no',
      byHand: {
        why: 'Cherry Studio keeps its servers in a database that only it can write.',
        todo: "Open Settings > MCP Servers in Cherry Studio, choose the server, and put the new key into the server's field.",
      },
      reload: 'restart-server',
      rewritesFile: false,
    },
    ...['Zed', 'Goose', 'Amp', 'Qwen Code'].map((name) => ({
      ...nothing,
      id: name.toLowerCase().replace(' ', '-'),
      name,
      detected: false,
      hasSomething: false,
      running: false,
      reload: 'by-itself' as const,
      rewritesFile: false,
    })),
  ];
}
