import type { Host } from '../host.ts';

const servers = [['mcpServers']];

export const tabnine: Host = {
  id: 'tabnine',
  name: 'Tabnine',
  patchable: 'yes',
  files: [
    { scope: 'user', place: '~/.tabnine/mcp_servers.json', format: 'json', tables: servers },
    { scope: 'user (agent)', place: '~/.tabnine/agent/settings.json', format: 'jsonc', tables: servers },
    { scope: 'project', place: '<project>/.tabnine/mcp_servers.json', format: 'json', tables: servers },
    { scope: 'project (agent)', place: '<project>/.tabnine/agent/settings.json', format: 'jsonc', tables: servers },
    {
      scope: 'managed',
      place: {
        darwin: '/Library/Application Support/TabnineCli/settings.json',
        linux: '/etc/tabnine-cli/settings.json',
      },
      format: 'jsonc',
      tables: [],
    },
  ],
  traces: ['~/.tabnine'],
  programs: { darwin: ['.local/bin/tabnine'], linux: ['.local/bin/tabnine'] },
  reload: 'restart-host',
  rewritesFile: true,
  isDesktopApp: false,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*', 'requestInit.headers.*'],
  references: [],
  copies: [],
  known: 'documented',
  evidence:
    'Not run. Places: docs.tabnine.com, tabnine-agent/mcp-intro-and-setup (mcp_servers.json, in a project and in the ' +
    'home folder) and tabnine-cli/features/mcp-server-config (settings.json and the managed one; none is named for ' +
    'Windows). The scopes and commands of its command line are those of Gemini CLI, so it is taken to write its ' +
    'settings from memory as that one does; not proven. Headers under requestInit: third-party notes.',
};
