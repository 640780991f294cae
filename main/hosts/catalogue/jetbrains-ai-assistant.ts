import type { TablePattern } from '../../configs/site.ts';
import type { Host } from '../host.ts';
import { inAppData } from './app-data.ts';
import { jetbrainsPrograms } from './jetbrains-ides.ts';

const json = [['mcpServers'], []];
/** Entries of the component itself until 2025.2, in lists for each kind of server later. */
function serversIn(root: string, component: string): readonly TablePattern[] {
  const own = [root, `component[${component}]`];
  return [own, [...own, 'commands'], [...own, 'urls']];
}
const application = serversIn('application', 'McpApplicationServerCommands');
const project = serversIn('project', 'McpProjectServerCommands');

/** One folder per IDE and version, such as `IntelliJIdea2026.2`. */
const ides = inAppData('JetBrains');

export const jetbrainsAiAssistant: Host = {
  id: 'jetbrains-ai-assistant',
  name: 'JetBrains AI Assistant',
  patchable: 'yes',
  files: [
    { scope: 'user', place: '~/.ai/mcp/mcp.json', format: 'json', tables: json },
    { scope: 'project', place: '<project>/.ai/mcp/mcp.json', format: 'json', tables: json },
    {
      scope: 'IDE (before 2026.2)',
      place: {
        darwin: `${ides.darwin}/*/options/llm.mcpServers.xml`,
        win32: `${ides.win32}/*/options/llm.mcpServers.xml`,
        linux: `${ides.linux}/*/options/llm.mcpServers.xml`,
      },
      format: 'xml',
      tables: application,
    },
    {
      scope: 'project (before 2026.2)',
      place: '<project>/.idea/workspace.xml',
      format: 'xml',
      tables: project,
    },
    {
      scope: 'project (Rider, before 2026.2)',
      place: '<project>/.idea/.idea.*/.idea/workspace.xml',
      format: 'xml',
      tables: project,
    },
  ],
  traces: ['~/.ai/mcp'],
  programs: jetbrainsPrograms,
  reload: 'restart-host',
  rewritesFile: true,
  isDesktopApp: true,
  secretFields: ['env.*', 'args[]', 'url', 'headers.*', 'arguments', 'envs.*'],
  references: [],
  copies: [],
  known: 'third-party',
  evidence:
    'Not run. The help names no file (jetbrains.com/help/ai-assistant/mcp.html). Places and layouts are taken from a ' +
    'scanner that read the classes of the plugin from 2025.2 to 2026.2 (katocxl/pantherclaw, internal/scan, citing ' +
    'YouTrack LLM-22682): JSON since 2025.3, either under mcpServers or as a bare map; before that XML, with the ' +
    'entries in the component itself, later under commands and urls, which 2026.2 moves to the JSON file once. An ' +
    'IDE has its XML in memory and writes it when it ends, so it must not run then. A registry key of the IDE can ' +
    'name another JSON file; it is not followed. The programs are those of the IDEs, with or without the plugin.',
};
