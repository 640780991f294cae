import type { Host } from '../host.ts';

const servers = [['mcp', 'servers']];
const state = '${OPENCLAW_STATE_DIR:-~/.openclaw}';
/** Under its former names it used these, and reads them still. */
const former = '${CLAWDBOT_STATE_DIR:-~/.clawdbot}';

export const openclaw: Host = {
  id: 'openclaw',
  name: 'OpenClaw',
  files: [
    { scope: 'user', place: `${state}/openclaw.json`, format: 'json5', tables: servers },
    { scope: 'user (own file)', place: '${OPENCLAW_CONFIG_PATH}', format: 'json5', tables: servers },
    { scope: 'profile', place: '~/.openclaw-*/openclaw.json', format: 'json5', tables: servers },
    { scope: 'user (former name)', place: `${former}/clawdbot.json`, format: 'json5', tables: servers },
    { scope: 'user (former name)', place: '~/.moltbot/moltbot.json', format: 'json5', tables: servers },
    { scope: 'variables', place: `${state}/.env`, format: 'dotenv', tables: [[]] },
  ],
  traces: [state],
  programs: {
    darwin: ['openclaw', 'openclaw-gateway', 'openclaw/openclaw.mjs', 'openclaw/dist/index.js'],
    win32: ['openclaw/openclaw.mjs', 'openclaw/dist/index.js'],
    linux: ['openclaw', 'openclaw-gateway', 'openclaw/openclaw.mjs', 'openclaw/dist/index.js'],
  },
  reload: 'restart-server',
  rewritesFile: false,
  isDesktopApp: false,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*'],
  references: ['${NAME}'],
  copies: [`${state}/openclaw.json.bak*`, `${former}/clawdbot.json.bak*`],
  known: 'source',
  patchable: 'yes',
  evidence:
    'Not run. The place, the variables that move it, the former names and that it is JSON5: openclaw/openclaw ' +
    'src/config/paths.ts; the table mcp.servers: docs/cli/mcp.md; up to five copies openclaw.json.bak, .bak.1 to ' +
    '.bak.4: src/config/backup-rotation.ts. Servers are started anew by `openclaw mcp reload` or with the gateway. ' +
    'Not proven: whether its gateway writes the file from memory, folders of profiles, .env beside it, ${NAME} ' +
    'inside a server and the names of its programs. Parts of the config that it includes from other files are not ' +
    'followed.',
};
