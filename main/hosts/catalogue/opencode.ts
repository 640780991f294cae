import type { Platform } from '../../machine.ts';
import type { Host, HostFileSpec } from '../host.ts';

/** Newer versions keep the servers one step further inside. */
const servers = [['mcp'], ['mcp', 'servers']];
const user = '${XDG_CONFIG_HOME:-~/.config}/opencode';
const managed: Readonly<Record<Platform, string>> = {
  darwin: '/Library/Application Support/opencode',
  win32: 'C:/ProgramData/opencode',
  linux: '/etc/opencode',
};

/** OpenCode reads every one of these names that is there, and merges them. */
const names = ['opencode.jsonc', 'opencode.json'];

function inFolder(scope: string, folder: string, files: readonly string[] = names): readonly HostFileSpec[] {
  return files.map((file) => ({ scope, place: `${folder}/${file}`, format: 'jsonc', tables: servers }));
}

export const opencode: Host = {
  id: 'opencode',
  name: 'OpenCode',
  files: [
    ...inFolder('user', user, [...names, 'config.json']),
    ...inFolder('user (.opencode)', '~/.opencode'),
    ...inFolder('user (own folder)', '${OPENCODE_CONFIG_DIR}'),
    { scope: 'user (own file)', place: '${OPENCODE_CONFIG}', format: 'jsonc', tables: servers },
    ...inFolder('project', '<project>'),
    ...inFolder('project (.opencode)', '<project>/.opencode'),
    ...inFolder('above a project', '<above>'),
    ...names.map((file) => ({
      scope: 'managed',
      place: {
        darwin: `${managed.darwin}/${file}`,
        win32: `${managed.win32}/${file}`,
        linux: `${managed.linux}/${file}`,
      },
      format: 'jsonc' as const,
      tables: [],
    })),
  ],
  traces: [user, '~/.opencode', '${XDG_DATA_HOME:-~/.local/share}/opencode'],
  programs: { darwin: ['opencode'], win32: ['opencode.exe'], linux: ['opencode'] },
  reload: 'restart-host',
  rewritesFile: false,
  isDesktopApp: false,
  secretFields: ['environment.*', 'command[]', 'url', 'headers.*', 'oauth.clientSecret'],
  references: ['{env:NAME}', '{file:path}'],
  copies: [],
  known: 'run',
  patchable: 'yes',
  evidence:
    'Run offline on Linux, 1.18.33: user and project scope, XDG_CONFIG_HOME, OPENCODE_CONFIG; comments, trailing ' +
    'commas, a BOM and CRLF are read and kept when it adds a server. ${NAME} is no reference there but plain text. ' +
    'Read in anomalyco/opencode packages/opencode/src/config/paths.ts and its documentation: .opencode folders, ' +
    'folders above a project, OPENCODE_CONFIG_DIR, the files of an administrator. That a running one sees a change ' +
    'only when it is started again is not proven. Not covered: a config in the variable OPENCODE_CONFIG_CONTENT.',
};
