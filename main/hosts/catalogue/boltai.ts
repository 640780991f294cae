import type { Host } from '../host.ts';

export const boltai: Host = {
  id: 'boltai',
  name: 'BoltAI',
  files: [{ scope: 'user', place: { darwin: '~/.boltai/mcp.json' }, format: 'json', tables: [['mcpServers']] }],
  traces: [{ darwin: '~/.boltai' }, { darwin: '/Applications/BoltAI.app' }],
  programs: { darwin: ['BoltAI.app/Contents/MacOS/*'] },
  reload: 'restart-host',
  rewritesFile: false,
  isDesktopApp: true,
  secretFields: ['env.*', 'args[]'],
  references: [],
  copies: [],
  known: 'third-party',
  patchable: 'yes',
  evidence:
    'Not run, and its source is closed. macOS only. The place and the table are the same in every list that names it ' +
    '(@smithery/cli 4.11.1 and others), which refer to docs.boltai.com/docs/plugins/mcp-servers. When it reads the file, ' +
    'and whether it writes it from memory, is not known: a restart is asked for, and the file is looked at again after a ' +
    'change.',
};
