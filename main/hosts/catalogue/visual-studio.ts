import type { Host } from '../host.ts';

const servers = [['servers']];

export const visualStudio: Host = {
  id: 'visual-studio',
  name: 'Visual Studio',
  patchable: 'yes',
  files: [
    { scope: 'user', place: { win32: '~/.mcp.json' }, format: 'jsonc', tables: servers },
    { scope: 'solution (own)', place: { win32: '<project>/.vs/mcp.json' }, format: 'jsonc', tables: servers },
    { scope: 'solution', place: { win32: '<project>/.mcp.json' }, format: 'jsonc', tables: servers },
    {
      scope: 'solution (shared with VS Code)',
      place: { win32: '<project>/.vscode/mcp.json' },
      format: 'jsonc',
      tables: servers,
    },
    {
      scope: 'solution (shared with Cursor)',
      place: { win32: '<project>/.cursor/mcp.json' },
      format: 'jsonc',
      tables: [['mcpServers']],
    },
  ],
  traces: [
    { win32: '%LOCALAPPDATA%/Microsoft/VisualStudio/17.0_*' },
    { win32: '%LOCALAPPDATA%/Microsoft/VisualStudio/18.0_*' },
  ],
  programs: { win32: ['Common7/IDE/devenv.exe'] },
  reload: 'restart-server',
  rewritesFile: false,
  isDesktopApp: true,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*'],
  references: ['${input:id}'],
  copies: [],
  known: 'documented',
  evidence:
    'Not run; 2022 from 17.14 on, and 2026. Places: learn.microsoft.com/visualstudio/ide/mcp-servers. A solution ' +
    'counts as a project here: its folder is the one that holds the .sln file. Whether it takes comments, whether it ' +
    'sees a change when the file is saved, and what it does with a file that was changed behind it are not known; ' +
    'servers are started again from a mark above their entry.',
};
