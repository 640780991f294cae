import type { Host } from '../host.ts';

const servers = [['mcpServers']];
const home = '${QWEN_HOME:-~/.qwen}';

export const qwenCode: Host = {
  id: 'qwen-code',
  name: 'Qwen Code',
  files: [
    { scope: 'user', place: `${home}/settings.json`, format: 'jsonc', tables: servers },
    { scope: 'project', place: '<project>/.qwen/settings.json', format: 'jsonc', tables: servers },
    { scope: 'extension', place: `${home}/extensions/*/qwen-extension.json`, format: 'jsonc', tables: servers },
    { scope: 'variables', place: `${home}/.env`, format: 'dotenv', tables: [[]] },
    { scope: 'variables of a project', place: '<project>/.qwen/.env', format: 'dotenv', tables: [[]] },
    { scope: 'managed', place: '${QWEN_CODE_SYSTEM_SETTINGS_PATH}', format: 'jsonc', tables: [] },
    {
      scope: 'managed',
      place: {
        darwin: '/Library/Application Support/QwenCode/settings.json',
        win32: 'C:/ProgramData/qwen-code/settings.json',
        linux: '/etc/qwen-code/settings.json',
      },
      format: 'jsonc',
      tables: [],
    },
  ],
  traces: [home],
  programs: {
    darwin: ['qwen', '@qwen-code/qwen-code/cli.js', '@qwen-code/qwen-code/dist/index.js'],
    win32: ['@qwen-code/qwen-code/cli.js', '@qwen-code/qwen-code/dist/index.js'],
    linux: ['qwen', '@qwen-code/qwen-code/cli.js', '@qwen-code/qwen-code/dist/index.js'],
  },
  reload: 'restart-host',
  rewritesFile: true,
  isDesktopApp: false,
  secretFields: ['env.*', 'args[]', 'url', 'httpUrl', 'headers.*'],
  references: ['$NAME', '${NAME}'],
  copies: [`${home}/settings.json.orig`, `${home}/settings.json.corrupted.*`],
  known: 'run',
  patchable: 'yes',
  evidence:
    'Run offline on Linux, 0.15.10: user and project scope, QWEN_HOME in the place of ~/.qwen, comments kept, CRLF ' +
    'lost when it writes, the file before left as settings.json.orig. A file that it can not parse (a trailing ' +
    'comma, a BOM) is moved to settings.json.corrupted.<ms> and taken as empty. Unlike Gemini CLI, of which it is a ' +
    'fork, that version does not know ${NAME:-default}. Taken from Gemini CLI and not run: extensions, .env, where ' +
    'an administrator has files, the names of its programs, and that a running one writes the settings that it read ' +
    'at its start.',
};
