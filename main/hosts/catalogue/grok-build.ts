import type { Host } from '../host.ts';

const servers = [['mcp_servers']];
const home = '${GROK_HOME:-~/.grok}';

export const grokBuild: Host = {
  id: 'grok-build',
  name: 'Grok Build',
  files: [
    { scope: 'user', place: `${home}/config.toml`, format: 'toml', tables: servers },
    { scope: 'project', place: '<project>/.grok/config.toml', format: 'toml', tables: servers },
    { scope: 'managed', place: `${home}/managed_config.toml`, format: 'toml', tables: [] },
    {
      scope: 'managed (machine)',
      place: { darwin: '/etc/grok/managed_config.toml', linux: '/etc/grok/managed_config.toml' },
      format: 'toml',
      tables: [],
    },
  ],
  traces: [home],
  programs: { darwin: ['.grok/bin/grok'], linux: ['.grok/bin/grok'] },
  reload: 'restart-host',
  rewritesFile: false,
  isDesktopApp: false,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*'],
  references: ['${NAME}', '${NAME:-default}', '{{session_id}}'],
  copies: [],
  known: 'documented',
  patchable: 'yes',
  evidence:
    'Not run. Places, GROK_HOME and the files of an administrator: docs.x.ai/build/settings; fields and ${NAME} in ' +
    'all of them: docs.x.ai/build/features/mcp-servers. How it writes the file is not known, nor when it sees a ' +
    'changed one; a restart is advised. Its program: a description of an MCP server that starts it from ' +
    '~/.grok/bin.',
};
