import type { Host } from '../host.ts';

const servers = [['mcpServers']];

export const claudeDesktop: Host = {
  id: 'claude-desktop',
  name: 'Claude Desktop',
  files: [
    {
      scope: 'user',
      place: {
        darwin: '~/Library/Application Support/Claude/claude_desktop_config.json',
        win32: '%APPDATA%/Claude/claude_desktop_config.json',
        linux: '${XDG_CONFIG_HOME:-~/.config}/Claude/claude_desktop_config.json',
      },
      format: 'json',
      tables: servers,
    },
    {
      scope: 'user (Windows app)',
      place: { win32: '%LOCALAPPDATA%/Packages/Claude_*/LocalCache/Roaming/Claude/claude_desktop_config.json' },
      format: 'json',
      tables: servers,
    },
    {
      scope: 'extension settings',
      place: {
        darwin: '~/Library/Application Support/Claude/Claude Extensions Settings/*.json',
        win32: '%APPDATA%/Claude/Claude Extensions Settings/*.json',
        linux: '${XDG_CONFIG_HOME:-~/.config}/Claude/Claude Extensions Settings/*.json',
      },
      format: 'json',
      tables: [],
    },
    {
      scope: 'extension settings (Windows app)',
      place: { win32: '%LOCALAPPDATA%/Packages/Claude_*/LocalCache/Roaming/Claude/Claude Extensions Settings/*.json' },
      format: 'json',
      tables: [],
    },
  ],
  traces: [
    {
      darwin: '~/Library/Application Support/Claude',
      win32: '%APPDATA%/Claude',
      linux: '${XDG_CONFIG_HOME:-~/.config}/Claude',
    },
    { darwin: '/Applications/Claude.app', win32: '%LOCALAPPDATA%/AnthropicClaude', linux: '/usr/lib/claude-desktop' },
    { win32: '%LOCALAPPDATA%/Packages/Claude_*' },
  ],
  programs: {
    darwin: ['Claude.app/Contents/MacOS/Claude'],
    win32: ['WindowsApps/Claude_*/app/Claude.exe', 'AnthropicClaude/app-*/claude.exe', 'Programs/Claude/Claude.exe'],
    linux: ['lib/claude-desktop/*', 'claude-desktop/node_modules/electron/dist/electron'],
  },
  reload: 'restart-host',
  rewritesFile: true,
  copies: [],
  evidence:
    'Not run: there is no command line to run. The file is read once at start and written whole from memory at every ' +
    'settings change: aaddrick/claude-desktop-debian, docs/learnings/config-wipe-guard.md (official .deb 1.18286.0). ' +
    'The Windows app keeps its own copy in the package folder, Claude_pzs8sxrjxfjjc seen: anthropics/claude-code#26073, ' +
    '#72508. Programs: the Windows app as reported in anthropics/claude-code#83932, the older installer in ' +
    'jacob-bd/relay-ai#31, Linux in javaht/claude-desktop-zh-cn#176; on Windows the command line of Claude Code is a ' +
    'claude.exe too, also under %APPDATA%/Claude/claude-code, so the folder decides. Extension settings marked ' +
    'sensitive are encrypted (modelcontextprotocol/mcpb#41); plain ones are no server table and are only reported.',
};
