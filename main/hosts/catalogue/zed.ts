import type { Host } from '../host.ts';

const servers = [['context_servers']];

export const zed: Host = {
  id: 'zed',
  name: 'Zed',
  patchable: 'yes',
  files: [
    {
      scope: 'user',
      place: {
        darwin: '~/.config/zed/settings.json',
        win32: '%APPDATA%/Zed/settings.json',
        linux: '${FLATPAK_XDG_CONFIG_HOME:-${XDG_CONFIG_HOME:-~/.config}}/zed/settings.json',
      },
      format: 'jsonc',
      tables: servers,
    },
    { scope: 'project', place: '<project>/.zed/settings.json', format: 'jsonc', tables: servers },
  ],
  traces: [
    {
      darwin: '~/Library/Application Support/Zed',
      win32: '%LOCALAPPDATA%/Zed',
      linux: '${XDG_DATA_HOME:-~/.local/share}/zed',
    },
    { darwin: '/Applications/Zed.app', win32: '%LOCALAPPDATA%/Programs/Zed', linux: '~/.local/zed.app' },
  ],
  programs: {
    darwin: ['Zed.app/Contents/MacOS/zed', 'Zed Preview.app/Contents/MacOS/zed'],
    win32: ['Zed/Zed.exe'],
    linux: ['zed-editor'],
  },
  reload: 'restart-server',
  rewritesFile: false,
  isDesktopApp: true,
  secretFields: ['env.*', 'args[]', 'command.env.*', 'command.args[]', 'url', 'headers.*', 'settings.*'],
  references: [],
  copies: [
    {
      darwin: '~/.config/zed/settings_backup.json',
      win32: '%APPDATA%/Zed/settings_backup.json',
      linux: '${FLATPAK_XDG_CONFIG_HOME:-${XDG_CONFIG_HOME:-~/.config}}/zed/settings_backup.json',
    },
  ],
  known: 'source',
  evidence:
    'Not run. Places: zed-industries/zed crates/paths/src/paths.rs (macOS is ~/.config/zed, not Library as some ' +
    'installers have it); fields: docs/src/ai/mcp.md. Until mid 2025 command was an object with path, args and env; ' +
    'servers that come with an extension have their keys under settings. It watches the file, and that it starts a ' +
    'server again by itself then is not proven. When it brings settings of an older layout up to date it leaves ' +
    'settings_backup.json beside the file, seen by others only. No references to variables are documented.',
};
