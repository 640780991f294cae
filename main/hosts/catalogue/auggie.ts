import type { Host } from '../host.ts';

const servers = [['mcpServers']];

export const auggie: Host = {
  id: 'auggie',
  name: 'Auggie CLI',
  files: [
    { scope: 'user', place: '~/.augment/settings.json', format: 'jsonc', tables: servers },
    { scope: 'project', place: '<project>/.augment/settings.json', format: 'jsonc', tables: servers },
    { scope: 'project (own)', place: '<project>/.augment/settings.local.json', format: 'jsonc', tables: servers },
  ],
  traces: ['~/.augment'],
  programs: {
    darwin: ['auggie', '@augmentcode/auggie/augment.mjs'],
    win32: ['@augmentcode/auggie/augment.mjs'],
    linux: ['auggie', '@augmentcode/auggie/augment.mjs'],
  },
  reload: 'restart-host',
  rewritesFile: false,
  isDesktopApp: false,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*'],
  references: [],
  copies: [],
  known: 'run',
  patchable: 'yes',
  evidence:
    'Run offline on Linux, 0.36.0: user and project scope, comments kept and trailing commas read, a BOM makes the ' +
    'list of servers empty, a new file has mode 0644. settings.local.json is put on the list of files that git ' +
    'ignores. Whether it fills in variables, and when it sees a changed file, is not known; a restart is advised. ' +
    'The name of its script is not proven.',
};
