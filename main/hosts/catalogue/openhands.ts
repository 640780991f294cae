import type { Host } from '../host.ts';

export const openhands: Host = {
  id: 'openhands',
  name: 'OpenHands CLI',
  files: [{ scope: 'user', place: '~/.openhands/mcp.json', format: 'json', tables: [['mcpServers']] }],
  traces: ['~/.openhands'],
  programs: { darwin: ['openhands'], linux: ['openhands'] },
  reload: 'restart-host',
  rewritesFile: false,
  isDesktopApp: false,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*'],
  references: [],
  copies: [],
  known: 'source',
  patchable: 'yes',
  evidence:
    'Not run. The place: OpenHands/OpenHands-CLI openhands_cli/locations.py; an older version that was read has no ' +
    'variable to move it, newer ones may. The fields are those of FastMCP, on which it is said to be built. How it ' +
    'writes the file, when it sees a changed one and whether it fills in variables is not known; installed with ' +
    'Python, it can not be told from other programs.',
};
