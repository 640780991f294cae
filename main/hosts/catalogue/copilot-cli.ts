import type { Host } from '../host.ts';

export const copilotCli: Host = {
  id: 'copilot-cli',
  name: 'GitHub Copilot CLI',
  patchable: 'yes',
  files: [
    {
      scope: 'user',
      place: '${COPILOT_HOME:-~/.copilot}/mcp-config.json',
      format: 'jsonc',
      tables: [['mcpServers']],
      lock: { kind: 'flock', name: '.mcp-writer.lock' },
    },
    { scope: 'project', place: '<project>/.mcp.json', format: 'jsonc', tables: [['mcpServers'], []] },
    { scope: 'project (GitHub)', place: '<project>/.github/mcp.json', format: 'jsonc', tables: [['mcpServers'], []] },
  ],
  traces: ['${COPILOT_HOME:-~/.copilot}/config.json', '${COPILOT_HOME:-~/.copilot}/session-state'],
  programs: {
    darwin: ['@github/copilot-darwin-*/copilot'],
    win32: ['@github/copilot-win32-*/copilot.exe'],
    linux: ['@github/copilot-linux-*/copilot', '@github/copilot-linuxmusl-*/copilot'],
  },
  reload: 'restart-server',
  rewritesFile: false,
  isDesktopApp: false,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*'],
  references: ['${NAME}', '$NAME'],
  copies: [],
  known: 'run',
  evidence:
    'Run offline on Linux, 1.0.102: it writes the user file with mode 0600 through a temporary file and a rename, ' +
    'and only when a command changes its servers, which drops comments; comments, trailing commas, a BOM and CRLF ' +
    'are read. A trace of its system calls shows flock(2) on .mcp-writer.lock beside the file while it writes; mcp ' +
    'add and list hold it while they read the file too. One that somebody else holds is waited for by mcp add and get, ' +
    'which give up after some 7 s ("The shared writer lock timed out"). That ' +
    'file is empty, stays when nothing holds it, and .mcp-writer.binding notes its inode: it is never to be made or ' +
    'removed by anybody else, and no age makes it stale, since the lock goes with the process. COPILOT_HOME moves ' +
    'the folder, XDG_CONFIG_HOME does not. References in env: changelog.md of github/copilot-cli, not run. A session ' +
    'takes a change with /mcp reload. Files of a project count only in folders that it trusts. How it locks on ' +
    'Windows was not seen; the program is named by its npm package there and on macOS, and one that was installed ' +
    'another way is not known by its path.',
};
