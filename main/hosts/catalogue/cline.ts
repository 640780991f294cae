import type { Host, Lock } from '../host.ts';
import { extensionFiles, extensionTraces } from './vscode-family.ts';

const servers = [['mcpServers']];
const lock: Lock = { kind: 'owner-directory', staleMs: 10_000 };
const extension = 'saoudrizwan.claude-dev';

export const cline: Host = {
  id: 'cline',
  name: 'Cline',
  patchable: 'yes',
  files: [
    {
      scope: 'user',
      place: '${CLINE_DATA_DIR:-${CLINE_DIR:-~/.cline}/data}/settings/cline_mcp_settings.json',
      format: 'json',
      tables: servers,
      lock,
    },
    { scope: 'user (moved)', place: '${CLINE_MCP_SETTINGS_PATH}', format: 'json', tables: servers, lock },
    ...extensionFiles(extension, 'settings/cline_mcp_settings.json').map((file) => ({
      ...file,
      scope: `${file.scope}, before 4`,
    })),
    {
      scope: 'user (in Documents, before 4)',
      place: '~/Documents/Cline/MCP/cline_mcp_settings.json',
      format: 'json',
      tables: servers,
    },
  ],
  traces: ['${CLINE_DIR:-~/.cline}', ...extensionTraces(extension)],
  programs: {},
  reload: 'by-itself',
  rewritesFile: false,
  isDesktopApp: false,
  secretFields: [
    'env.*',
    'args[]',
    'url',
    'headers.*',
    'transport.env.*',
    'transport.args[]',
    'transport.url',
    'transport.headers.*',
    'oauthClient.clientSecret',
  ],
  references: ['${env:NAME}'],
  copies: [],
  known: 'run',
  evidence:
    'Run offline on Linux, the command line 3.0.65: it writes the whole file with two spaces and a final newline, ' +
    'through a rename that leaves mode 0644 whatever it was, and takes comments for an error. Read in the extension ' +
    '4.1.13: the lock folder <file>.lock with owner.<pid>.<ms>.<uuid> in it, stale after 10 s (settingsLock.ts), the ' +
    'three variables (paths.ts), ${env:NAME} (envExpansion.ts), and that only servers whose entry changed are ' +
    'connected again. The files of earlier versions are copied once and stay where they were with the key of then ' +
    '(mcp-settings-legacy-migration.ts): changed too. It runs in editors, in IDEs and as a command line, and is no ' +
    'program with a path of its own in the first two.',
};
