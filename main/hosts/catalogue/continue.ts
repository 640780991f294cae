import type { Host } from '../host.ts';

const home = '${CONTINUE_GLOBAL_DIR:-~/.continue}';
/** In YAML a list of servers with their names inside. */
const listed = [['mcpServers']];
/** Until config.yaml the servers stood in a list without names. */
const older = [['experimental', 'modelContextProtocolServers'], ['mcpServers']];
/** A folder that takes files of other hosts as they are: named servers, those of projects, or one bare server. */
const foreign = [['mcpServers'], ['projects', '*', 'mcpServers'], []];

export const continueHost: Host = {
  id: 'continue',
  name: 'Continue',
  files: [
    { scope: 'user', place: `${home}/config.yaml`, format: 'yaml', tables: listed },
    { scope: 'user (older)', place: `${home}/config.json`, format: 'jsonc', tables: older },
    { scope: 'user folder', place: `${home}/mcpServers/*.json`, format: 'jsonc', tables: foreign },
    { scope: 'user folder', place: `${home}/mcpServers/*.yaml`, format: 'yaml', tables: listed },
    { scope: 'user folder', place: `${home}/mcpServers/*.yml`, format: 'yaml', tables: listed },
    { scope: 'project', place: '<project>/.continue/config.yaml', format: 'yaml', tables: listed },
    { scope: 'project folder', place: '<project>/.continue/mcpServers/*.json', format: 'jsonc', tables: foreign },
    { scope: 'project folder', place: '<project>/.continue/mcpServers/*.yaml', format: 'yaml', tables: listed },
    { scope: 'project folder', place: '<project>/.continue/mcpServers/*.yml', format: 'yaml', tables: listed },
    { scope: 'variables', place: `${home}/.env`, format: 'dotenv', tables: [[]] },
    { scope: 'variables of a project', place: '<project>/.continue/.env', format: 'dotenv', tables: [[]] },
  ],
  traces: [home],
  programs: {
    darwin: ['@continuedev/cli/dist/cn.js'],
    win32: ['@continuedev/cli/dist/cn.js'],
    linux: ['@continuedev/cli/dist/cn.js'],
  },
  reload: 'restart-host',
  rewritesFile: false,
  isDesktopApp: false,
  secretFields: ['env.*', 'args[]', 'url', 'apiKey', 'requestOptions.headers.*', 'transport.*'],
  references: ['${{ secrets.NAME }}', '${{ inputs.NAME }}', '${NAME}'],
  copies: [],
  known: 'run',
  patchable: 'yes',
  evidence:
    'Run offline on Linux, its command line cn 1.5.47: config.yaml and its secrets in .env. Read in ' +
    'continuedev/continue core/util/paths.ts, core/context/mcp/json/loadJsonMcpConfigs.ts and ' +
    'packages/config-yaml/src/schemas/mcp/index.ts: CONTINUE_GLOBAL_DIR, the folder mcpServers (which cn does not ' +
    'read), the shapes in it, the older config.json. A .env in a project itself is read too, belongs to other ' +
    'programs and is left alone. That the extensions for editors see a changed file by themselves is said and not ' +
    'proven.',
};
