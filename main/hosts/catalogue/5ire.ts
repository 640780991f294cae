import type { Host } from '../host.ts';
import { inAppData } from './app-data.ts';

export const fiveIre: Host = {
  id: '5ire',
  name: '5ire',
  files: [
    {
      scope: 'user (before 0.15)',
      place: inAppData('5ire/mcp.json'),
      format: 'json',
      tables: [['mcpServers'], ['servers']],
    },
  ],
  traces: [inAppData('5ire'), { darwin: '/Applications/5ire.app' }],
  programs: { darwin: ['5ire.app/Contents/MacOS/*'] },
  reload: 'restart-host',
  rewritesFile: false,
  isDesktopApp: true,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*'],
  references: [],
  copies: [],
  known: 'source',
  patchable: 'partly',
  byHand: {
    why: 'Since version 0.15 5ire keeps its servers in a database that only it can write.',
    todo: 'Open Tools in 5ire, edit the server, and put the new key into its field.',
  },
  evidence:
    'Not run. nanbingxyz/5ire src/main/services/legacy-servers-config-loader.ts: mcp.json is read once, to take its ' +
    'servers over into the database of 0.15, and stays there with the old key. Still older versions wrote a list with ' +
    'the name of each server under key: nanbingxyz/5ire#74. What its programs are called on Windows and Linux is not known.',
};
