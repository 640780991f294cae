import type { Host, Lock } from '../host.ts';

const servers = [['mcp']];
/** Around the files that Crush itself writes; those of the person it only reads. */
const lock: Lock = { kind: 'flock', name: '*.lock' };
const user = '${CRUSH_GLOBAL_CONFIG:-${XDG_CONFIG_HOME:-~/.config}/crush}';
const data = {
  darwin: '${CRUSH_GLOBAL_DATA:-${XDG_DATA_HOME:-~/.local/share}/crush}',
  win32: '${CRUSH_GLOBAL_DATA:-${XDG_DATA_HOME:-%LOCALAPPDATA%}/crush}',
  linux: '${CRUSH_GLOBAL_DATA:-${XDG_DATA_HOME:-~/.local/share}/crush}',
};

export const crush: Host = {
  id: 'crush',
  name: 'Crush',
  files: [
    { scope: 'user', place: `${user}/crush.json`, format: 'json', tables: servers },
    {
      scope: 'data',
      place: {
        darwin: `${data.darwin}/crush.json`,
        win32: `${data.win32}/crush.json`,
        linux: `${data.linux}/crush.json`,
      },
      format: 'json',
      tables: servers,
      lock,
    },
    { scope: 'project', place: '<project>/crush.json', format: 'json', tables: servers },
    { scope: 'project (own)', place: '<project>/.crush.json', format: 'json', tables: servers },
    { scope: 'project data', place: '<project>/.crush/crush.json', format: 'json', tables: servers, lock },
    { scope: 'above a project', place: '<above>/crush.json', format: 'json', tables: servers },
    { scope: 'above a project (own)', place: '<above>/.crush.json', format: 'json', tables: servers },
    { scope: 'script', place: `${user}/crushrc`, format: 'text', tables: [] },
    { scope: 'project script', place: '<project>/crushrc', format: 'text', tables: [] },
    { scope: 'project script (own)', place: '<project>/.crushrc', format: 'text', tables: [] },
  ],
  traces: [user, data],
  programs: { darwin: ['crush'], win32: ['crush.exe'], linux: ['crush'] },
  reload: 'restart-host',
  rewritesFile: false,
  isDesktopApp: false,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*', 'oauth_client_secret'],
  references: ['$NAME', '${NAME}', '${NAME:-default}', '$(command)'],
  copies: [],
  known: 'source',
  patchable: 'partly',
  byHand: {
    why: 'A key in a crushrc file stands in a script, which Rekey shows you and leaves as it is.',
    todo: 'Open the crushrc file in a text editor, put the new key in the place of the old one, and save it.',
  },
  evidence:
    'Not run: its npm package fetches a program from elsewhere. Read in charmbracelet/crush internal/config/load.go ' +
    'and store.go: places and their variables, values taken apart as a shell does, and that it reads a file again ' +
    'before it writes it, with mode 0600, holding flock on <file>.lock for up to 5 s; only the data files are ' +
    'written by it. On Windows older versions kept the user file in %LOCALAPPDATA%/crush, where the data file is ' +
    'now. crushrc: its README. Folders above a project: not proven for every version.',
};
