import type { Host } from '../host.ts';
import { jetbrainsPrograms } from './jetbrains-ides.ts';

const folder = {
  darwin: '${XDG_CONFIG_HOME:-~/.config}/github-copilot/intellij',
  win32: '%LOCALAPPDATA%/github-copilot/intellij',
  linux: '${XDG_CONFIG_HOME:-~/.config}/github-copilot/intellij',
};

export const copilotJetbrains: Host = {
  id: 'copilot-jetbrains',
  name: 'GitHub Copilot for JetBrains',
  patchable: 'yes',
  files: [
    {
      scope: 'user',
      place: {
        darwin: `${folder.darwin}/mcp.json`,
        win32: `${folder.win32}/mcp.json`,
        linux: `${folder.linux}/mcp.json`,
      },
      format: 'jsonc',
      tables: [['servers']],
    },
  ],
  traces: [folder],
  programs: jetbrainsPrograms,
  reload: 'restart-host',
  rewritesFile: false,
  isDesktopApp: true,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*', 'requestInit.headers.*'],
  references: ['${input:id}', '${env:NAME}'],
  copies: [],
  known: 'third-party',
  evidence:
    'Not run. Six projects that write the file agree on the place and the table (laravel/boost among them), and ' +
    'microsoft/copilot-intellij-feedback#1661 is about it; one README names a folder below Library/Application ' +
    'Support for macOS, which no other does. That XDG_CONFIG_HOME moves it, what it does with references and when it ' +
    'reads the file again are not known: a restart of the IDE is asked for. The programs are those of the IDEs, with ' +
    'or without the plugin.',
};
