import type { Host } from '../host.ts';

const servers = [['mcpServers']];

export const mcporter: Host = {
  id: 'mcporter',
  name: 'MCPorter',
  files: [
    { scope: 'user', place: '~/.mcporter/mcporter.json', format: 'jsonc', tables: servers },
    { scope: 'user (with comments)', place: '~/.mcporter/mcporter.jsonc', format: 'jsonc', tables: servers },
    { scope: 'user (XDG)', place: '${XDG_CONFIG_HOME}/mcporter/mcporter.json', format: 'jsonc', tables: servers },
    {
      scope: 'user (XDG, with comments)',
      place: '${XDG_CONFIG_HOME}/mcporter/mcporter.jsonc',
      format: 'jsonc',
      tables: servers,
    },
    { scope: 'user (this machine)', place: '~/.mcporter/local.json', format: 'jsonc', tables: servers },
    { scope: 'user (own file)', place: '${MCPORTER_CONFIG}', format: 'jsonc', tables: servers },
    { scope: 'project', place: '<project>/config/mcporter.json', format: 'jsonc', tables: servers },
  ],
  traces: ['~/.mcporter', '${XDG_CONFIG_HOME}/mcporter'],
  programs: {
    darwin: ['mcporter', 'mcporter/dist/cli.js'],
    win32: ['mcporter/dist/cli.js'],
    linux: ['mcporter', 'mcporter/dist/cli.js'],
  },
  reload: 'restart-server',
  rewritesFile: false,
  isDesktopApp: false,
  secretFields: ['env.*', 'args[]', 'command', 'url', 'baseUrl', 'serverUrl', 'headers.*', 'bearerToken'],
  references: ['${NAME}', '${NAME:-default}', '$env:NAME'],
  copies: [],
  known: 'documented',
  patchable: 'yes',
  evidence:
    'Not run. Places, XDG_CONFIG_HOME only where it is set, MCPORTER_CONFIG, fields and references: ' +
    'openclaw/mcporter docs/config.md. It also reads the files of other hosts, which are listed with those. Each ' +
    'command reads the files again; only servers that its daemon keeps alive hold an old key. How it writes a file ' +
    'with comments is not known.',
};
