import type { CallOutput } from '../../preload/contract.ts';

type Platform = CallOutput<'getStatus'>['platform'];

/** What is wrong with a folder that a person wants to add, or null; the core has the last word. */
export function folderProblem(
  folder: string,
  known: readonly string[],
  platform: Platform,
): 'folderMissing' | 'folderNotAbsolute' | 'folderKnown' | null {
  if (folder === '') return 'folderMissing';
  if (!(platform === 'win32' ? /^([A-Za-z]:)?[/\\]/ : /^\//).test(folder)) return 'folderNotAbsolute';
  return known.some((one) => identity(one, platform) === identity(folder, platform)) ? 'folderKnown' : null;
}

export function exampleFolder(platform: Platform): string {
  return { darwin: '/Users/sam/shop', linux: '/home/sam/shop', win32: 'C:\\Users\\sam\\shop' }[platform];
}

/** A separator at the end and, on Windows, the case and the kind of the separators don't make another folder. */
function identity(folder: string, platform: Platform): string {
  if (platform !== 'win32') return folder.replace(/(?<=.)\/+$/, '');
  return folder.replaceAll('/', '\\').replace(/\\+$/, '').toLowerCase();
}
