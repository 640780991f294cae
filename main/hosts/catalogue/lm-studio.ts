import type { Host } from '../host.ts';

const servers = [['mcpServers']];

export const lmStudio: Host = {
  id: 'lm-studio',
  name: 'LM Studio',
  files: [
    { scope: 'user', place: '~/.lmstudio/mcp.json', format: 'json', tables: servers },
    { scope: 'user (older folder)', place: '~/.cache/lm-studio/mcp.json', format: 'json', tables: servers },
  ],
  traces: ['~/.lmstudio', '~/.cache/lm-studio', { darwin: '/Applications/LM Studio.app' }],
  programs: { darwin: ['LM Studio.app/Contents/MacOS/LM Studio'], win32: ['LM Studio.exe'] },
  reload: 'restart-host',
  rewritesFile: false,
  isDesktopApp: true,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*'],
  references: [],
  copies: [],
  known: 'documented',
  patchable: 'yes',
  evidence:
    'Not run, and its source is closed. The place and the form, which is that of Cursor: lmstudio.ai/docs/app/mcp; that ' +
    'some installations use ~/.cache/lm-studio instead: lmstudio-ai/lmstudio-bug-tracker#1371 and docker/mcp-gateway ' +
    'client/config.yml. Its makers ask that the file is edited in its own editor, which starts the servers anew: whether ' +
    'it sees a change made outside, and whether it writes the file from memory, is not known, so the file is looked at ' +
    'again after a change and a restart is asked for. The name of its program on Linux is not known.',
};
