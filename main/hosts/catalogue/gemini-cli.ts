import type { Host } from '../host.ts';

const servers = [['mcpServers']];

export const geminiCli: Host = {
  id: 'gemini-cli',
  name: 'Gemini CLI',
  files: [
    { scope: 'user', place: '${GEMINI_CLI_HOME:-~}/.gemini/settings.json', format: 'jsonc', tables: servers },
    { scope: 'project', place: '<project>/.gemini/settings.json', format: 'jsonc', tables: servers },
    {
      scope: 'extension',
      place: '${GEMINI_CLI_HOME:-~}/.gemini/extensions/*/gemini-extension.json',
      format: 'jsonc',
      tables: servers,
    },
    { scope: 'variables', place: '${GEMINI_CLI_HOME:-~}/.gemini/.env', format: 'dotenv', tables: [[]] },
    { scope: 'variables of a project', place: '<project>/.gemini/.env', format: 'dotenv', tables: [[]] },
    { scope: 'managed', place: '${GEMINI_CLI_SYSTEM_SETTINGS_PATH}', format: 'jsonc', tables: [] },
    { scope: 'managed', place: '${GEMINI_CLI_SYSTEM_DEFAULTS_PATH}', format: 'jsonc', tables: [] },
    {
      scope: 'managed',
      place: {
        darwin: '/Library/Application Support/GeminiCli/settings.json',
        win32: 'C:/ProgramData/gemini-cli/settings.json',
        linux: '/etc/gemini-cli/settings.json',
      },
      format: 'jsonc',
      tables: [],
    },
    {
      scope: 'managed defaults',
      place: {
        darwin: '/Library/Application Support/GeminiCli/system-defaults.json',
        win32: 'C:/ProgramData/gemini-cli/system-defaults.json',
        linux: '/etc/gemini-cli/system-defaults.json',
      },
      format: 'jsonc',
      tables: [],
    },
  ],
  traces: ['${GEMINI_CLI_HOME:-~}/.gemini/settings.json', '${GEMINI_CLI_HOME:-~}/.gemini/projects.json'],
  programs: {
    darwin: ['gemini', '@google/gemini-cli/bundle/gemini.js', '@google/gemini-cli/dist/index.js'],
    win32: ['@google/gemini-cli/bundle/gemini.js', '@google/gemini-cli/dist/index.js'],
    linux: ['gemini', '@google/gemini-cli/bundle/gemini.js', '@google/gemini-cli/dist/index.js'],
  },
  reload: 'restart-host',
  rewritesFile: true,
  isDesktopApp: false,
  secretFields: ['env.*', 'args[]', 'url', 'httpUrl', 'headers.*'],
  references: ['$NAME', '${NAME}', '${NAME:-default}'],
  copies: ['${GEMINI_CLI_HOME:-~}/.gemini/settings.json.orig'],
  projectLists: [{ place: '${GEMINI_CLI_HOME:-~}/.gemini/projects.json', namesOf: ['projects'] }],
  known: 'run',
  patchable: 'yes',
  evidence:
    'Run offline on Linux, 0.61.0: user and project scope, GEMINI_CLI_HOME in the place of the home folder, ' +
    'projects.json with the folders it was started in, comments kept, a trailing comma or a BOM is fatal at its ' +
    'start. Read in the same package: system places and their variables, extensions, and that a changed setting is ' +
    'saved with the whole settings as they were read at the start (saveSettings hands originalSettings over), so a ' +
    'running one puts an old key back. Earlier versions moved the file to settings.json.orig when its layout ' +
    'changed. The .env files in .gemini folders are its own and are changed; a plain .env in a project or in the ' +
    'home folder, which it reads too, belongs to other programs and is left alone. .env was not run.',
};
