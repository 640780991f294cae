import type { Host } from '../host.ts';

const servers = [['mcpServers'], ['servers']];

/** Plugins of Neovim that leave their servers to mcp-hub share its files, and its way to run. */
export const mcpHub = {
  files: [
    { scope: 'user', place: '~/.config/mcphub/servers.json', format: 'json5', tables: servers },
    { scope: 'project', place: '<project>/.mcphub/servers.json', format: 'json5', tables: servers },
    { scope: 'project (shared with VS Code)', place: '<project>/.vscode/mcp.json', format: 'json5', tables: servers },
    { scope: 'project (shared with Cursor)', place: '<project>/.cursor/mcp.json', format: 'json5', tables: servers },
  ],
  programs: { darwin: ['mcp-hub'], win32: ['mcp-hub/dist/cli.js'], linux: ['mcp-hub'] },
  reload: 'by-itself',
  rewritesFile: false,
  isDesktopApp: false,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*'],
  references: ['${NAME}', '${env:NAME}', '${input:name}', '${cmd: command}', '$NAME', '$: command'],
  copies: [],
} as const satisfies Partial<Host>;
