import { RekeyError } from '../errors.ts';
import { pathsOf } from '../hosts/paths.ts';
import { folderIdentity } from '../hosts/projects.ts';
import type { Machine } from '../machine.ts';

/** Longest path that Linux takes; Windows and macOS take shorter ones. */
const LONGEST_PATH = 4_096;
const MOST_FOLDERS = 1_000;
/** How much of a folder that can't be used is repeated. */
const LONGEST_QUOTE = 200;

export class SettingsError extends RekeyError<
  'settings-folder-not-absolute' | 'settings-folder-too-long' | 'settings-folder-twice' | 'settings-too-many-folders'
> {}

/**
 * Checks a list of project folders before it takes the place of another one. Whether they exist doesn't matter: a
 * folder can be on a disk that is not always there.
 *
 * @param before the list so far; what stands in it already can stay, so that a list with a bad folder can be mended one
 *   by one.
 * @throws {SettingsError} that names the first wrong one.
 */
export function checkProjectFolders(folders: readonly string[], before: readonly string[], machine: Machine): void {
  if (folders.length > MOST_FOLDERS && folders.length > before.length) {
    throw new SettingsError(
      'settings-too-many-folders',
      `Rekey looks into ${MOST_FOLDERS} project folders at most, and these would be ${folders.length}. Nothing was changed.`,
      'Remove those that you no longer need.',
    );
  }
  const seen = new Set<string>();
  for (const folder of folders) {
    const known = before.includes(folder);
    if (!known) checkFolder(folder, machine);
    const identity = folderIdentity(folder, machine);
    if (seen.has(identity)) {
      throw new SettingsError(
        'settings-folder-twice',
        `${quoted(folder)} is among the project folders already. Nothing was changed.`,
        'There is nothing more to do: Rekey looks into it.',
      );
    }
    seen.add(identity);
  }
}

function checkFolder(folder: string, machine: Machine): void {
  if (folder.length > LONGEST_PATH) {
    throw new SettingsError(
      'settings-folder-too-long',
      `${quoted(folder)} is longer than ${LONGEST_PATH} characters. Nothing was changed.`,
      'Give the path of a folder.',
    );
  }
  const { platform } = machine;
  if (pathsOf(machine).isAbsolute(folder)) return;
  const example =
    platform === 'win32' ? 'C:\\Users\\sam\\shop' : platform === 'darwin' ? '/Users/sam/shop' : '/home/sam/shop';
  throw new SettingsError(
    'settings-folder-not-absolute',
    `${quoted(folder)} is not the whole path of a folder. Nothing was changed.`,
    `Give it from its beginning, such as ${example}.`,
  );
}

function quoted(folder: string): string {
  return `“${folder.length > LONGEST_QUOTE ? `${folder.slice(0, LONGEST_QUOTE)}…` : folder}”`;
}
