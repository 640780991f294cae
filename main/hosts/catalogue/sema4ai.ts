import type { Host } from '../host.ts';

export const sema4ai: Host = {
  id: 'sema4ai',
  name: 'Sema4.ai Studio',
  files: [
    {
      scope: 'user',
      place: {
        darwin: '~/.sema4ai/sema4ai-studio/mcp_servers.json',
        win32: '%LOCALAPPDATA%/sema4ai/sema4ai-studio/mcp_servers.json',
        linux: '~/.sema4ai/sema4ai-studio/mcp_servers.json',
      },
      format: 'json',
      tables: [['mcpServers']],
    },
  ],
  traces: [
    {
      darwin: '~/.sema4ai/sema4ai-studio',
      win32: '%LOCALAPPDATA%/sema4ai/sema4ai-studio',
      linux: '~/.sema4ai/sema4ai-studio',
    },
  ],
  programs: {},
  reload: 'restart-host',
  rewritesFile: false,
  isDesktopApp: true,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*'],
  references: [],
  copies: [],
  known: 'third-party',
  patchable: 'yes',
  evidence:
    'Not run, and its source is closed. One source, docker/mcp-gateway cmd/docker-mcp/client/config.yml, which writes ' +
    'there with transport beside the usual fields. What its program is called, when it reads the file and whether it ' +
    'writes it from memory is not known: a restart is asked for, and the file is looked at again after a change.',
};
