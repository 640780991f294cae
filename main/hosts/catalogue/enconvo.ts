import type { Host } from '../host.ts';

export const enconvo: Host = {
  id: 'enconvo',
  name: 'EnConvo',
  files: [
    { scope: 'user', place: { darwin: '~/.config/enconvo/mcp_config.json' }, format: 'json', tables: [['mcpServers']] },
  ],
  traces: [{ darwin: '~/.config/enconvo' }, { darwin: '/Applications/EnConvo.app' }],
  programs: { darwin: ['EnConvo.app/Contents/MacOS/*'] },
  reload: 'restart-host',
  rewritesFile: false,
  isDesktopApp: true,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*'],
  references: [],
  copies: [],
  known: 'third-party',
  patchable: 'yes',
  evidence:
    'Not run, and its source is closed. macOS only. The place and the table: @smithery/cli 4.11.1 and install-mcp 1.10.2, ' +
    'which write there. When it reads the file, and whether it writes it from memory, is not known: a restart is asked ' +
    'for, and the file is looked at again after a change. Some name a file below Application Support, alone among many.',
};
