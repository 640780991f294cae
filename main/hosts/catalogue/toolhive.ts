import type { Platform } from '../../machine.ts';
import type { Host } from '../host.ts';

/** The library that it uses for XDG's folders has these defaults off Linux. */
const state: Readonly<Record<Platform, string>> = {
  darwin: '${XDG_STATE_HOME:-~/Library/Application Support}/toolhive/runconfigs',
  win32: '${XDG_STATE_HOME:-%LOCALAPPDATA%}/toolhive/runconfigs',
  linux: '${XDG_STATE_HOME:-~/.local/state}/toolhive/runconfigs',
};

export const toolhive: Host = {
  id: 'toolhive',
  name: 'ToolHive',
  files: [
    {
      scope: 'server',
      place: {
        darwin: `${state.darwin}/*.json`,
        win32: `${state.win32}/*.json`,
        linux: `${state.linux}/*.json`,
      },
      format: 'json',
      tables: [],
    },
  ],
  traces: [state, { darwin: '/Applications/ToolHive.app' }],
  programs: { darwin: ['thv', 'ToolHive.app/Contents/MacOS/*'], win32: ['thv.exe', 'ToolHive.exe'], linux: ['thv'] },
  reload: 'restart-server',
  rewritesFile: false,
  isDesktopApp: true,
  secretFields: ['env_vars.*', 'cmd_args[]', 'remote_url'],
  references: ['NAME,target=VARIABLE'],
  copies: [],
  known: 'source',
  patchable: 'no',
  byHand: {
    why:
      'ToolHive keeps keys encrypted, and one that was given to a server as a plain variable in a record of that server ' +
      'which only ToolHive should write.',
    todo: 'Open Secrets in ToolHive, put the new key in, and restart the servers that use it.',
  },
  evidence:
    'Not run. Secrets are in an encrypted file or in 1Password: stacklok/toolhive pkg/secrets; other hosts only get an ' +
    'address of this machine from it: pkg/client. pkg/state/local.go: the record of each server, with its variables, is ' +
    'a file of its own below the state folder, named runconfigs in its docs, mode 0600. It has no table of servers, and a ' +
    'container keeps the variables it was made with, so a key there is reported. env_vars is named in its API. Not ' +
    'proven: the other fields, and the folders of macOS and Windows, the defaults of github.com/adrg/xdg.',
};
