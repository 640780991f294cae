import type { TablePattern } from '../../configs/site.ts';
import type { Platform } from '../../machine.ts';
import type { HostFileSpec, Lock, ProjectList } from '../host.ts';

/** A folder that is somewhere else on each platform. */
export type Folders = Readonly<Record<Platform, string>>;

const servers = [['servers']];
/** Until 1.102 the servers stood in settings.json, as an object or under the name with a dot. */
const legacy = [['mcp', 'servers'], ['mcp.servers']];

/** Editors made from VS Code's source in which its extensions run too, by the name of their folder of settings. */
const editors = ['Code', 'Code - Insiders', 'VSCodium', 'Cursor', 'Windsurf', 'Devin'];
const servedEditors = ['.vscode-server', '.vscode-server-insiders', '.vscodium-server', '.cursor-server'];

/** The folder of an editor's user settings, by its product's name; VSCODE_APPDATA moves what is around it. */
export function userFolder(product: string): Folders {
  return {
    darwin: `\${VSCODE_APPDATA:-~/Library/Application Support}/${product}/User`,
    win32: `\${VSCODE_APPDATA:-%APPDATA%}/${product}/User`,
    linux: `\${VSCODE_APPDATA:-\${XDG_CONFIG_HOME:-~/.config}}/${product}/User`,
  };
}

export function below({ darwin, win32, linux }: Folders, rest: string): Folders {
  return { darwin: `${darwin}/${rest}`, win32: `${win32}/${rest}`, linux: `${linux}/${rest}` };
}

/** Where VS Code itself, or a build of it under another name, keeps servers for one user. */
export function userFiles(user: Folders): readonly HostFileSpec[] {
  return [
    { scope: 'user', place: below(user, 'mcp.json'), format: 'jsonc', tables: servers },
    { scope: 'profile', place: below(user, 'profiles/*/mcp.json'), format: 'jsonc', tables: servers },
    { scope: 'settings (older)', place: below(user, 'settings.json'), format: 'jsonc', tables: legacy },
    {
      scope: 'profile settings (older)',
      place: below(user, 'profiles/*/settings.json'),
      format: 'jsonc',
      tables: legacy,
    },
  ];
}

/** What it keeps on a machine that it works on from another one. @param folder such as `~/.vscode-server`. */
export function remoteFiles(folder: string): readonly HostFileSpec[] {
  return [
    { scope: 'remote', place: `${folder}/data/User/mcp.json`, format: 'jsonc', tables: servers },
    {
      scope: 'remote settings (older)',
      place: `${folder}/data/Machine/settings.json`,
      format: 'jsonc',
      tables: legacy,
    },
  ];
}

export const projectFiles: readonly HostFileSpec[] = [
  { scope: 'project', place: '<project>/.vscode/mcp.json', format: 'jsonc', tables: servers },
  { scope: 'project settings (older)', place: '<project>/.vscode/settings.json', format: 'jsonc', tables: legacy },
  {
    scope: 'workspace',
    place: '<project>/*.code-workspace',
    format: 'jsonc',
    tables: legacy.map((path) => ['settings', ...path]),
  },
  {
    scope: 'container',
    place: '<project>/.devcontainer/devcontainer.json',
    format: 'jsonc',
    tables: [['customizations', 'vscode', 'mcp', 'servers']],
  },
  {
    scope: 'project (shared with Claude Code)',
    place: '<project>/.mcp.json',
    format: 'jsonc',
    tables: [['mcpServers'], []],
  },
];

/** What the editor was opened with; it keeps a file for each: with the folder, or with the `.code-workspace` file. */
export function openedFolders(user: Folders): readonly ProjectList[] {
  const place = below(user, 'workspaceStorage/*/workspace.json');
  return [
    { place, uriAt: ['folder'] },
    { place, uriAt: ['workspace'], ofFile: true },
  ];
}

/** Local History: a copy of each text file that is saved in the editor, whatever program it belongs to. */
export function localHistory(user: Folders): Folders {
  return below(user, 'History/*/*');
}

/** A file that an extension keeps for all projects, in each editor that it may run in. */
export function extensionFiles(extension: string, file: string, lock?: Lock): readonly HostFileSpec[] {
  const rest = `globalStorage/${extension}/${file}`;
  const places = [
    ...editors.map((name) => ({ scope: `user (in ${name})`, place: below(userFolder(name), rest) })),
    ...servedEditors.map((name) => ({ scope: `remote (${name})`, place: `~/${name}/data/User/${rest}` })),
  ];
  return places.map((one) => ({ ...one, format: 'json', tables: [['mcpServers']], ...(lock && { lock }) }));
}

/** Folders that the extension itself makes there. */
export function extensionTraces(extension: string): readonly (Folders | string)[] {
  return [
    ...editors.map((name) => below(userFolder(name), `globalStorage/${extension}`)),
    ...servedEditors.map((name) => `~/${name}/data/User/globalStorage/${extension}`),
  ];
}

/** An extension's servers in the settings of each editor that it may run in. */
export function settingsFiles(table: TablePattern): readonly HostFileSpec[] {
  const user = editors.flatMap((name) => [
    { scope: `settings (of ${name})`, place: below(userFolder(name), 'settings.json') },
    { scope: `profile settings (of ${name})`, place: below(userFolder(name), 'profiles/*/settings.json') },
  ]);
  const remote = servedEditors.map((name) => ({
    scope: `remote settings (${name})`,
    place: `~/${name}/data/Machine/settings.json`,
  }));
  const project = { scope: 'project settings (of VS Code)', place: '<project>/.vscode/settings.json' };
  return [
    ...[...user, ...remote, project].map((one) => ({ ...one, format: 'jsonc' as const, tables: [table] })),
    {
      scope: 'workspace',
      place: '<project>/*.code-workspace',
      format: 'jsonc',
      tables: [['settings', ...table]],
    },
  ];
}
