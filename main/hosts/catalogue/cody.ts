import type { Host } from '../host.ts';
import { extensionTraces, settingsFiles } from './vscode-family.ts';

export const cody: Host = {
  id: 'cody',
  name: 'Sourcegraph Cody',
  patchable: 'yes',
  files: settingsFiles(['cody.mcpServers']),
  traces: extensionTraces('sourcegraph.cody-ai'),
  programs: {},
  reload: 'restart-host',
  rewritesFile: false,
  isDesktopApp: false,
  secretFields: ['env.*', 'args[]', 'url'],
  references: [],
  copies: [],
  known: 'source',
  evidence:
    'Not run. Read in sourcegraph/cody of July 2025: vscode/package.json (the setting cody.mcpServers, an object) ' +
    'and MCPManager.ts. When it takes a changed setting was not read: a restart of the editor is asked for. Its ' +
    'plugin for JetBrains is said to keep the same setting in cody_settings.json; where that file lies was not found.',
};
