import type { Host } from '../host.ts';

/** A list of tables, each with its name inside. */
const servers = [['mcp_servers']];
const home = '${VIBE_HOME:-~/.vibe}';

export const mistralVibe: Host = {
  id: 'mistral-vibe',
  name: 'Mistral Vibe',
  files: [
    { scope: 'user', place: `${home}/config.toml`, format: 'toml', tables: servers },
    { scope: 'agent', place: `${home}/agents/*.toml`, format: 'toml', tables: servers },
    { scope: 'project', place: '<project>/.vibe/config.toml', format: 'toml', tables: servers },
    { scope: 'project agent', place: '<project>/.vibe/agents/*.toml', format: 'toml', tables: servers },
    { scope: 'variables', place: `${home}/.env`, format: 'dotenv', tables: [[]] },
  ],
  traces: [home],
  programs: {},
  reload: 'restart-host',
  rewritesFile: false,
  isDesktopApp: false,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*'],
  references: ['api_key_env'],
  copies: [],
  known: 'source',
  patchable: 'yes',
  evidence:
    'Not run. Places, the list [[mcp_servers]], agents and ~/.vibe/.env: mistralai/mistral-vibe README.md; ' +
    'VIBE_HOME: vibe/core/config. A file in a project counts once its folder is trusted. api_key_env names a ' +
    'variable, which may stand in .env. It runs inside Python and so can not be told from other programs. Whether ' +
    'an agent may bring servers of its own, and how it writes its file, is not proven.',
};
