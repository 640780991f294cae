import type { Host } from '../host.ts';

const servers = [['mcpServers']];
const home = '${KIMI_CODE_HOME:-~/.kimi-code}';
const older = '${KIMI_SHARE_DIR:-~/.kimi}';

export const kimiCode: Host = {
  id: 'kimi-code',
  name: 'Kimi Code',
  files: [
    { scope: 'user', place: `${home}/mcp.json`, format: 'json', tables: servers },
    { scope: 'user (older, kimi-cli)', place: `${older}/mcp.json`, format: 'json', tables: servers },
    { scope: 'project', place: '<project>/.kimi-code/mcp.json', format: 'json', tables: servers },
  ],
  traces: [home, older],
  // Not on Windows, where the name would be that of Kimi's desktop app too.
  programs: { darwin: ['kimi'], linux: ['kimi'] },
  reload: 'restart-host',
  rewritesFile: false,
  isDesktopApp: false,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*'],
  references: ['bearerTokenEnvVar'],
  copies: [],
  known: 'documented',
  patchable: 'yes',
  evidence:
    'Not run. Places, KIMI_CODE_HOME and fields: MoonshotAI/kimi-code docs/en/customization/mcp.md; a changed file ' +
    'counts for sessions that are started afterwards. ~/.kimi and KIMI_SHARE_DIR: its forerunner, ' +
    'MoonshotAI/kimi-cli docs/en/configuration/data-locations.md. bearerTokenEnvVar names a variable of the shell. ' +
    'How it writes the file, and the name of its program, are not proven.',
};
