import type { Host, HostFileSpec } from '../host.ts';
import { inAppData } from './app-data.ts';

/** One flat name with a dot in it. */
const servers = [['amp.mcpServers']];
const user = '${XDG_CONFIG_HOME:-~/.config}/amp';

/** Its extension for editors keeps the servers in the settings of the editor. */
const editors = ['Code', 'Cursor', 'Windsurf'];
function inEditor(editor: string): HostFileSpec {
  const place = inAppData(`${editor}/User/settings.json`);
  return { scope: `editor (${editor})`, place, format: 'jsonc', tables: servers };
}

export const amp: Host = {
  id: 'amp',
  name: 'Amp',
  files: [
    { scope: 'user', place: `${user}/settings.json`, format: 'jsonc', tables: servers },
    { scope: 'user (with comments)', place: `${user}/settings.jsonc`, format: 'jsonc', tables: servers },
    { scope: 'user (own file)', place: '${AMP_SETTINGS_FILE}', format: 'jsonc', tables: servers },
    { scope: 'user (Windows)', place: { win32: '%APPDATA%/amp/settings.json' }, format: 'jsonc', tables: servers },
    { scope: 'project', place: '<project>/.amp/settings.json', format: 'jsonc', tables: servers },
    { scope: 'project (with comments)', place: '<project>/.amp/settings.jsonc', format: 'jsonc', tables: servers },
    { scope: 'above a project', place: '<above>/.amp/settings.json', format: 'jsonc', tables: servers },
    ...editors.map(inEditor),
    { scope: 'editor project', place: '<project>/.vscode/settings.json', format: 'jsonc', tables: servers },
    {
      scope: 'skill',
      place: '${XDG_CONFIG_HOME:-~/.config}/agents/skills/*/mcp.json',
      format: 'json',
      tables: [['mcpServers'], []],
    },
    {
      scope: 'managed',
      place: {
        darwin: '/Library/Application Support/ampcode/managed-settings.json',
        win32: 'C:/ProgramData/ampcode/managed-settings.json',
        linux: '/etc/ampcode/managed-settings.json',
      },
      format: 'jsonc',
      tables: [],
    },
  ],
  traces: [user, '~/.amp'],
  programs: {
    darwin: ['.amp/bin/amp', '@sourcegraph/amp/dist/main.js'],
    win32: ['@sourcegraph/amp/dist/main.js'],
    linux: ['.amp/bin/amp', '@sourcegraph/amp/dist/main.js'],
  },
  reload: 'restart-host',
  rewritesFile: false,
  isDesktopApp: false,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*'],
  references: ['${NAME}'],
  copies: [],
  known: 'run',
  patchable: 'yes',
  evidence:
    'Run offline on Linux, 0.0.1790142911: user and project scope, XDG_CONFIG_HOME, AMP_SETTINGS_FILE; comments and ' +
    'trailing commas are read, a BOM is an error; it writes with mode 0600 and keeps a hash of what it wrote in ' +
    'settings.json.amp-write-meta, but takes a file that somebody else changed. Its manual, by way of ' +
    'developersdigest.tech: settings.jsonc, ~/.config/amp on Windows too, the files of an administrator. ' +
    '%APPDATA%/amp: stacklok/toolhive, not proven. Skills: third parties, not proven. That it watches its file is ' +
    'said and not proven, and the places of its program are not either.',
};
