import type { Host, HostFileSpec } from '../host.ts';
import { extensionFiles, extensionTraces } from './vscode-family.ts';

const servers = [['mcp']];
const folder = '${KILO_CONFIG_DIR:-${XDG_CONFIG_HOME:-~/.config}/kilo}';
const extension = 'kilocode.kilo-code';

/** Any of them may hold servers; they are merged, and opencode's names are those that Kilo's code comes with. */
const names = ['kilo.jsonc', 'kilo.json', 'opencode.jsonc', 'opencode.json'];

function inProject(path: string): HostFileSpec {
  return { scope: 'project', place: `<project>/${path}`, format: 'jsonc', tables: servers };
}

export const kiloCode: Host = {
  id: 'kilo-code',
  name: 'Kilo Code',
  patchable: 'yes',
  files: [
    ...[...names, 'config.json'].map((name) => ({
      scope: 'user',
      place: `${folder}/${name}`,
      format: 'jsonc' as const,
      tables: servers,
    })),
    { scope: 'user (moved)', place: '${KILO_CONFIG}', format: 'jsonc', tables: servers },
    ...names.map(inProject),
    ...['.kilo', '.kilocode'].flatMap((at) => names.slice(0, 2).map((name) => inProject(`${at}/${name}`))),
    ...extensionFiles(extension, 'settings/mcp_settings.json').map((file) => ({
      ...file,
      scope: `${file.scope}, older`,
    })),
    {
      scope: 'command line (older)',
      place: '~/.kilocode/cli/global/settings/mcp_settings.json',
      format: 'json',
      tables: [['mcpServers']],
    },
    { scope: 'project (older)', place: '<project>/.kilocode/mcp.json', format: 'json', tables: [['mcpServers']] },
  ],
  traces: [folder, '~/.kilocode', ...extensionTraces(extension)],
  programs: {},
  reload: 'restart-host',
  rewritesFile: false,
  isDesktopApp: false,
  secretFields: ['environment.*', 'command[]', 'url', 'headers.*', 'env.*', 'args[]'],
  references: ['{env:NAME}', '{file:path}'],
  copies: [],
  known: 'documented',
  evidence:
    'Not run: the package for this platform is missing from npm. Places: Kilo-Org/kilocode ' +
    'packages/kilo-docs/pages/automate/mcp/using-in-kilo-code.md and kilo.ai/docs (of the older command line too); ' +
    "KILO_CONFIG and KILO_CONFIG_DIR stand in that repository's tests. Windows has ~/.config as well. Whether files " +
    'of the version before are still read after they were taken over is not known: keys in them are changed. Nor is ' +
    'it known when a file is read again and how it is written: a restart of the editor is asked for.',
};
