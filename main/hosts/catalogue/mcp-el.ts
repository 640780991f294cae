import type { Host, Place } from '../host.ts';

/** Where Emacs, Doom and Spacemacs read a person's own Lisp from. */
const lisp: readonly Place[] = [
  '~/.emacs',
  '~/.emacs.el',
  '~/.emacs.d/init.el',
  '~/.emacs.d/custom.el',
  '${XDG_CONFIG_HOME:-~/.config}/emacs/init.el',
  '${XDG_CONFIG_HOME:-~/.config}/emacs/custom.el',
  '${DOOMDIR:-~/.config/doom}/config.el',
  '${DOOMDIR:-~/.config/doom}/custom.el',
  '~/.doom.d/config.el',
  '~/.spacemacs',
  { win32: '%APPDATA%/.emacs' },
  { win32: '%APPDATA%/.emacs.d/init.el' },
  { win32: '%APPDATA%/.emacs.d/custom.el' },
];

export const mcpEl: Host = {
  id: 'mcp-el',
  name: 'Emacs with mcp.el',
  files: lisp.map((place) => ({ scope: 'user', place, format: 'text', tables: [] })),
  traces: ['~/.emacs.d/elpa/mcp-*', '${XDG_CONFIG_HOME:-~/.config}/emacs/elpa/mcp-*'],
  programs: {},
  reload: 'restart-server',
  rewritesFile: false,
  isDesktopApp: false,
  secretFields: [':env', ':args', ':url', ':headers'],
  references: ['(getenv "NAME")'],
  copies: ['~/.emacs~', '~/.emacs.d/init.el~', '${XDG_CONFIG_HOME:-~/.config}/emacs/init.el~'],
  known: 'source',
  patchable: 'no',
  byHand: {
    why: 'The servers of mcp.el stand in Lisp code of your own, which Rekey reads but does not change.',
    todo: 'Open the file that Rekey names in Emacs, put the new key into mcp-hub-servers, and restart the server in mcp-hub.',
  },
  evidence:
    'Not run. lizqwerscott/mcp.el mcp-hub.el: the servers are the value of the variable mcp-hub-servers, a list of names ' +
    'with :command, :args, :env, :url and :headers, so they stand wherever a person sets it; the usual places are those ' +
    'of the manual of Emacs, of Doom and of Spacemacs. Other files that are loaded from these are not followed. Having one ' +
    'of them only shows that Emacs is used, not that mcp.el is. Programs are left out: quitting Emacs would help nothing.',
};
