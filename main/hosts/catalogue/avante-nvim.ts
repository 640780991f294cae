import type { Host } from '../host.ts';
import { mcpHub } from './mcphub-family.ts';

/** Where lazy.nvim, the usual manager of plugins, puts one. */
const plugins = {
  darwin: '${XDG_DATA_HOME:-~/.local/share}/nvim/lazy',
  win32: '%LOCALAPPDATA%/nvim-data/lazy',
  linux: '${XDG_DATA_HOME:-~/.local/share}/nvim/lazy',
};

export const avanteNvim: Host = {
  ...mcpHub,
  id: 'avante-nvim',
  name: 'avante.nvim and codecompanion.nvim',
  traces: ['avante.nvim', 'codecompanion.nvim'].map((name) => ({
    darwin: `${plugins.darwin}/${name}`,
    win32: `${plugins.win32}/${name}`,
    linux: `${plugins.linux}/${name}`,
  })),
  known: 'documented',
  patchable: 'partly',
  byHand: {
    why: 'Servers can also be set up in the Lua files of Neovim, which Rekey does not look at.',
    todo: 'If a key of yours stands there, open that file, put the new key in, and start Neovim again.',
  },
  evidence:
    'Not run. They take their servers from mcphub.nvim, so the files are its own: ravitemer/mcphub.nvim ' +
    'doc/extensions/avante.md. The folder is that of lazy.nvim; other managers of plugins have others.',
};
