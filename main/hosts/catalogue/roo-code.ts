import type { Host, Lock } from '../host.ts';
import { extensionFiles, extensionTraces } from './vscode-family.ts';

const lock: Lock = { kind: 'lock-directory', staleMs: 31_000 };
const extension = 'rooveterinaryinc.roo-cline';

export const rooCode: Host = {
  id: 'roo-code',
  name: 'Roo Code',
  patchable: 'yes',
  files: [
    ...extensionFiles(extension, 'settings/mcp_settings.json', lock),
    { scope: 'project', place: '<project>/.roo/mcp.json', format: 'json', tables: [['mcpServers']], lock },
  ],
  traces: extensionTraces(extension),
  programs: {},
  reload: 'by-itself',
  rewritesFile: false,
  isDesktopApp: false,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*'],
  references: ['${env:NAME}'],
  copies: [],
  known: 'source',
  evidence:
    'Not run; the last release is of 2026-05-15. Read in RooCodeInc/Roo-Code: src/services/mcp/McpHub.ts (both files ' +
    'are watched, and servers started again), src/utils/config.ts (references), src/utils/safeWriteJson.ts (a rename ' +
    "under proper-lockfile's folder, stale after 31 s). Not covered: the folder that the setting " +
    'roo-cline.customStoragePath names. Editors other than VS Code are looked into by the names of their folders.',
};
