import type { Platform } from '../../machine.ts';
import type { Host, Place } from '../host.ts';

const servers = [['mcp_servers']];
const home: Readonly<Record<Platform, string>> = {
  darwin: '${HERMES_HOME:-~/.hermes}',
  win32: '${HERMES_HOME:-%LOCALAPPDATA%/hermes}',
  linux: '${HERMES_HOME:-~/.hermes}',
};

function inHome(rest: string): Place {
  return { darwin: `${home.darwin}/${rest}`, win32: `${home.win32}/${rest}`, linux: `${home.linux}/${rest}` };
}

export const hermes: Host = {
  id: 'hermes',
  name: 'Hermes Agent',
  files: [
    { scope: 'user', place: inHome('config.yaml'), format: 'yaml', tables: servers },
    { scope: 'profile', place: inHome('profiles/*/config.yaml'), format: 'yaml', tables: servers },
    { scope: 'user (.hermes)', place: { win32: '~/.hermes/config.yaml' }, format: 'yaml', tables: servers },
    { scope: 'variables', place: inHome('.env'), format: 'dotenv', tables: [[]] },
    { scope: 'variables of a profile', place: inHome('profiles/*/.env'), format: 'dotenv', tables: [[]] },
    { scope: 'variables (.hermes)', place: { win32: '~/.hermes/.env' }, format: 'dotenv', tables: [[]] },
  ],
  traces: [home, { win32: '~/.hermes' }],
  programs: {},
  reload: 'restart-server',
  rewritesFile: false,
  isDesktopApp: false,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*', 'oauth.client_secret', 'client_cert'],
  references: ['${NAME}', '${env:NAME}'],
  copies: [],
  known: 'source',
  patchable: 'yes',
  evidence:
    'Not run. Fields, references and /reload-mcp, which starts the servers anew: NousResearch/hermes-agent ' +
    'website/docs/reference/mcp-config-reference.md; .env beside config.yaml: its configuration.md. Places: ' +
    'hermes_constants.py, with %LOCALAPPDATA%/hermes on Windows, where third parties name ~/.hermes: both are ' +
    'looked at. How it writes config.yaml is not known. It runs inside Python and so can not be told from other ' +
    'programs. Not covered: HERMES_DATA_DIR_SUFFIX.',
};
