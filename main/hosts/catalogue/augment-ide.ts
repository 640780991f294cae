import type { Host } from '../host.ts';
import { extensionTraces, settingsFiles } from './vscode-family.ts';

export const augmentIde: Host = {
  id: 'augment-ide',
  name: 'Augment (VS Code, JetBrains)',
  patchable: 'partly',
  byHand: {
    why:
      'Servers that were added in the settings panel of Augment, or in a JetBrains IDE, are kept where Rekey does ' +
      'not find them.',
    todo:
      'Open the settings panel of Augment, choose the server under MCP and put the new key into its variable or ' +
      'command.',
  },
  files: settingsFiles(['augment.advanced', 'mcpServers']),
  traces: extensionTraces('augment.vscode-augment'),
  programs: {},
  reload: 'restart-host',
  rewritesFile: false,
  isDesktopApp: false,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*'],
  references: [],
  copies: [],
  known: 'third-party',
  evidence:
    'Not run. Installation notes of many servers agree on the list augment.advanced.mcpServers in the settings of VS ' +
    'Code and on a restart of the editor (upstash/context7 among them). docs.augmentcode.com/setup-augment/mcp ' +
    'speaks of the settings panel and Easy MCP; where these keep their servers, and what the plugin for JetBrains ' +
    'does, was not found. The folder of the extension is taken from its name in the marketplace.',
};
