import type { Host } from '../host.ts';
import { inAppData } from './app-data.ts';

export const msty: Host = {
  id: 'msty',
  name: 'Msty Studio',
  files: [],
  traces: [
    inAppData('MstyStudio'),
    inAppData('Msty'),
    { darwin: '/Applications/MstyStudio.app' },
    { darwin: '/Applications/Msty.app' },
  ],
  programs: { darwin: ['MstyStudio.app/Contents/MacOS/*', 'Msty.app/Contents/MacOS/*'] },
  reload: 'restart-server',
  rewritesFile: true,
  isDesktopApp: true,
  secretFields: [],
  references: [],
  copies: [],
  known: 'unverified',
  patchable: 'no',
  byHand: {
    why: 'Msty keeps its tools in a database that only it can write.',
    todo: 'Open Toolbox in Msty Studio, edit the tool, and put the new key into its settings.',
  },
  evidence:
    'Not run, and its source is closed. One third party found an SQLite database below MstyStudio/File System; others ' +
    'guess at files that contradict each other, and none of those is listed here. The folders are from its Homebrew ' +
    'casks; those on Windows and Linux are taken from them, not seen. How its pages are called may change.',
};
