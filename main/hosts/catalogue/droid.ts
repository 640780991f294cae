import type { Host } from '../host.ts';

const servers = [['mcpServers']];

export const droid: Host = {
  id: 'droid',
  name: 'Factory Droid',
  files: [
    { scope: 'user', place: '~/.factory/mcp.json', format: 'jsonc', tables: servers },
    { scope: 'project', place: '<project>/.factory/mcp.json', format: 'jsonc', tables: servers },
  ],
  traces: ['~/.factory'],
  programs: { darwin: ['.local/bin/droid'], linux: ['.local/bin/droid'] },
  reload: 'restart-host',
  rewritesFile: false,
  isDesktopApp: false,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*'],
  references: ['${NAME}'],
  copies: [],
  known: 'run',
  patchable: 'yes',
  evidence:
    'Run offline on Linux, 0.215.0: user and project scope, comments read and dropped when it writes, the mode of ' +
    'an existing file kept. A file with a trailing comma or a BOM reads as one without servers there, and the next ' +
    'server that is added overwrites it: Rekey changes such a file as it is and adds neither. ${NAME} and when it ' +
    'sees a changed file are not proven, nor where its program is on Windows.',
};
