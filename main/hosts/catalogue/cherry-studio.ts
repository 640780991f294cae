import type { Host } from '../host.ts';
import { inAppData } from './app-data.ts';

export const cherryStudio: Host = {
  id: 'cherry-studio',
  name: 'Cherry Studio',
  files: [],
  traces: [
    inAppData('CherryStudio'),
    { darwin: '/Applications/Cherry Studio.app', win32: '%LOCALAPPDATA%/Programs/Cherry Studio' },
  ],
  programs: { darwin: ['Cherry Studio.app/Contents/MacOS/*'], win32: ['Cherry Studio.exe'] },
  reload: 'restart-server',
  rewritesFile: true,
  isDesktopApp: true,
  secretFields: ['env.*', 'args[]', 'headers.*'],
  references: [],
  copies: [],
  known: 'third-party',
  patchable: 'no',
  byHand: {
    why: 'Cherry Studio keeps its servers in a database that only it can write.',
    todo: "Open Settings > MCP Servers in Cherry Studio, choose the server, and put the new key into the server's field.",
  },
  evidence:
    'Not run. Nobody who looked for a file of its servers found one: btsouth/toolport#295, which reports that version ' +
    '1 keeps them in the local storage of its window (after CherryHQ/cherry-studio#7190) and that version 2 moves ' +
    'them into an SQLite table. Its folder ~/mcp holds no keys (CherryHQ/cherry-studio#15003). Programs and folders: ' +
    'as third parties name them; CherryStudio/Local Storage/leveldb is the one of version 1.',
};
