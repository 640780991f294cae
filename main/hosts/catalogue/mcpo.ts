import type { Host } from '../host.ts';

export const mcpo: Host = {
  id: 'mcpo',
  name: 'mcpo',
  files: [],
  traces: [
    {
      darwin: '~/.local/share/uv/tools/mcpo',
      win32: '%APPDATA%/uv/tools/mcpo',
      linux: '${XDG_DATA_HOME:-~/.local/share}/uv/tools/mcpo',
    },
    { darwin: '~/.local/bin/mcpo', win32: '~/.local/bin/mcpo.exe', linux: '~/.local/bin/mcpo' },
  ],
  programs: {},
  reload: 'restart-host',
  rewritesFile: false,
  isDesktopApp: false,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*'],
  references: [],
  copies: [],
  known: 'source',
  patchable: 'no',
  byHand: {
    why: 'The file of mcpo can have any name and be in any folder, so Rekey does not know which one it is.',
    todo: 'Open the file that is named when mcpo is started, put the new key in, and start mcpo again.',
  },
  evidence:
    'Not run. The file is the one given with --config, there is no usual name beside config.json, which a thousand other ' +
    'programs use: open-webui/mcpo README.md. With --hot-reload it sees a change by itself. The traces are where uv and ' +
    'pipx put their programs; an mcpo that is run by uvx or in a container leaves none.',
};
