import type { Platform } from '../../machine.ts';
import type { Host, Place } from '../host.ts';
import { inAppData } from './app-data.ts';

const servers = [['mcpServers']];

/** Where its data is when it is set up for a model service other than Anthropic's own. */
const gateway: Readonly<Record<Platform, string>> = {
  darwin: '~/Library/Application Support/Claude-3p',
  win32: '%LOCALAPPDATA%/Claude-3p',
  linux: '${XDG_CONFIG_HOME:-~/.config}/Claude-3p',
};
const packagedGateway = '%LOCALAPPDATA%/Packages/Claude_*/LocalCache/Local/Claude-3p';

function inGateway(rest: string): Place {
  return { darwin: `${gateway.darwin}/${rest}`, win32: `${gateway.win32}/${rest}`, linux: `${gateway.linux}/${rest}` };
}

export const claudeDesktop: Host = {
  id: 'claude-desktop',
  name: 'Claude Desktop',
  files: [
    {
      scope: 'user',
      place: inAppData('Claude/claude_desktop_config.json'),
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
      place: inAppData('Claude/Claude Extensions Settings/*.json'),
      format: 'json',
      tables: [],
    },
    {
      scope: 'extension settings (Windows app)',
      place: { win32: '%LOCALAPPDATA%/Packages/Claude_*/LocalCache/Roaming/Claude/Claude Extensions Settings/*.json' },
      format: 'json',
      tables: [],
    },
    { scope: 'user (own gateway)', place: inGateway('claude_desktop_config.json'), format: 'json', tables: servers },
    {
      scope: 'user (own gateway, Windows app)',
      place: { win32: `${packagedGateway}/claude_desktop_config.json` },
      format: 'json',
      tables: servers,
    },
    { scope: 'gateway profile', place: inGateway('configLibrary/*.json'), format: 'json', tables: [] },
    {
      scope: 'gateway profile (Windows app)',
      place: { win32: `${packagedGateway}/configLibrary/*.json` },
      format: 'json',
      tables: [],
    },
  ],
  traces: [
    gateway,
    inAppData('Claude'),
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
  isDesktopApp: true,
  secretFields: ['env.*', 'args[]'],
  references: [],
  copies: [],
  known: 'third-party',
  patchable: 'partly',
  byHand: {
    why:
      'Keys that were typed into the settings of a Claude Desktop extension are encrypted, and only Claude Desktop can ' +
      'change them.',
    todo: 'Open Settings > Extensions in Claude Desktop, choose the extension, and put the new key into its settings.',
  },
  evidence:
    'Not run: there is no command line to run. The file is read once at start and written whole from memory at every ' +
    'settings change: aaddrick/claude-desktop-debian, docs/learnings/config-wipe-guard.md (official .deb 1.18286.0). ' +
    'The Windows app keeps its own copy in the package folder, Claude_pzs8sxrjxfjjc seen: anthropics/claude-code#26073, ' +
    '#72508. Programs: the Windows app as reported in anthropics/claude-code#83932, the older installer in ' +
    'jacob-bd/relay-ai#31, Linux in javaht/claude-desktop-zh-cn#176; on Windows the command line of Claude Code is a ' +
    'claude.exe too, also under %APPDATA%/Claude/claude-code, so the folder decides. Extension settings marked ' +
    'sensitive are encrypted (modelcontextprotocol/mcpb#41); plain ones are no server table and are only reported. Set ' +
    'up for a model service of your own it keeps its data in Claude-3p, with a profile per service in configLibrary, ' +
    'which can hold the key of that service and is only reported: seen in what third parties write, on Linux too. That ' +
    'its servers then stand in the claude_desktop_config.json there is taken from those, not proven. It knows no ' +
    'references as far as is known.',
};
