import type { Host } from '../host.ts';
import { mcpHub } from './mcphub-family.ts';

export const mcphubNvim: Host = {
  ...mcpHub,
  id: 'mcphub-nvim',
  name: 'mcphub.nvim',
  traces: [
    '~/.config/mcphub',
    {
      darwin: '${XDG_DATA_HOME:-~/.local/share}/nvim/lazy/mcphub.nvim',
      win32: '%LOCALAPPDATA%/nvim-data/lazy/mcphub.nvim',
      linux: '${XDG_DATA_HOME:-~/.local/share}/nvim/lazy/mcphub.nvim',
    },
  ],
  known: 'documented',
  patchable: 'yes',
  evidence:
    'Not run. The place, that it is JSON5, both names of the table, the project files and what a reference is: ' +
    'ravitemer/mcphub.nvim doc/mcp/servers_json.md and doc/configuration.md. A null or an empty text in env means the ' +
    'variable of that name. It watches the file and starts a changed server anew; its own page writes the file too, ' +
    'which may lose comments. Another place that was given as config, and what stands as global_env in Lua, is not found. ' +
    'What mcp-hub runs as is taken from its package, not seen.',
};
