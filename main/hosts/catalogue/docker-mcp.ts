import type { Host } from '../host.ts';

export const dockerMcp: Host = {
  id: 'docker-mcp',
  name: 'Docker MCP Toolkit',
  files: [{ scope: 'user', place: '~/.docker/mcp/config.yaml', format: 'yaml', tables: [[]] }],
  traces: ['~/.docker/mcp'],
  programs: {
    darwin: ['cli-plugins/docker-mcp'],
    win32: ['cli-plugins/docker-mcp.exe'],
    linux: ['cli-plugins/docker-mcp'],
  },
  reload: 'restart-server',
  rewritesFile: false,
  isDesktopApp: false,
  secretFields: ['*'],
  references: [],
  copies: [],
  known: 'third-party',
  patchable: 'partly',
  byHand: {
    why: 'Docker keeps the secrets of its MCP servers encrypted, where only Docker can write.',
    todo:
      'Open MCP Toolkit in Docker Desktop, choose the server, and put the new key in under Configuration. Servers that ' +
      'run then are started again.',
  },
  evidence:
    'Not run. Secrets are in the store of Docker Desktop, and profiles in ~/.docker/mcp/mcp-toolkit.db: docker/mcp-gateway ' +
    'README.md and docs/database/README.md. config.yaml holds the settings of each server that are not secret, a map by ' +
    'server, and is read when nothing else is named: third parties that describe its source, and what people keep ' +
    'there; keys end up in it by mistake, and these are changed. Whether newer versions still read it is not proven.',
};
