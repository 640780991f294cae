import type { Host, Place } from '../host.ts';

const servers = [['mcpServers']];

/** Below the folder of an edition's data; JAN_DATA_FOLDER moves it. */
function inData(edition: string): Place {
  return {
    darwin: `\${JAN_DATA_FOLDER:-~/Library/Application Support/${edition}/data}/mcp_config.json`,
    win32: `\${JAN_DATA_FOLDER:-%APPDATA%/${edition}/data}/mcp_config.json`,
    linux: `\${JAN_DATA_FOLDER:-\${XDG_DATA_HOME:-~/.local/share}/${edition}/data}/mcp_config.json`,
  };
}

export const jan: Host = {
  id: 'jan',
  name: 'Jan',
  files: [
    { scope: 'user', place: inData('Jan'), format: 'json', tables: servers },
    { scope: 'user (nightly)', place: inData('Jan-nightly'), format: 'json', tables: servers },
  ],
  traces: [
    {
      darwin: '~/Library/Application Support/Jan/settings.json',
      win32: '%APPDATA%/Jan/settings.json',
      linux: '${XDG_DATA_HOME:-~/.local/share}/Jan/settings.json',
    },
    { darwin: '/Applications/Jan.app', win32: '%LOCALAPPDATA%/Programs/jan', linux: '/usr/bin/Jan' },
  ],
  programs: {
    darwin: ['Jan.app/Contents/MacOS/Jan', 'Jan-nightly.app/Contents/MacOS/Jan-nightly'],
    win32: ['Programs/jan/Jan.exe', 'Programs/jan-nightly/Jan-nightly.exe'],
    linux: ['bin/Jan', 'bin/Jan-nightly'],
  },
  reload: 'restart-server',
  rewritesFile: true,
  isDesktopApp: true,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*'],
  references: [],
  copies: [],
  known: 'source',
  patchable: 'partly',
  byHand: {
    why:
      'The data folder of Jan can be moved in its settings, and Rekey looks only in the usual place and where ' +
      'JAN_DATA_FOLDER points.',
    todo: 'If you have moved it, open Settings > MCP Servers in Jan and put the new key into the server there.',
  },
  evidence:
    'Not run. The place, its default per platform and JAN_DATA_FOLDER: janhq/jan src-tauri/src/core/app/commands.rs; the ' +
    'form, and that a file it can not parse is replaced by its defaults: src-tauri/src/core/mcp/commands.rs and ' +
    'constants.rs. Its window hands over the whole config that it holds and saves it, so an old key can come back while it ' +
    'runs. The folder that was chosen in the app stands in settings.json and is not followed. That JAN_DATA_FOLDER counts ' +
    'for the app too, and not only for its command line, is not proven; programs are as its own test scripts name them.',
};
