import { expect, it } from 'vitest';
import { exampleFolder, folderProblem } from '../../renderer/settings/folder-path.ts';

it.each([
  ['', 'linux', 'folderMissing'],
  ['shop', 'linux', 'folderNotAbsolute'],
  ['~/shop', 'darwin', 'folderNotAbsolute'],
  ['C:\\shop', 'linux', 'folderNotAbsolute'],
  ['/shop', 'linux', null],
  ['/', 'linux', null],
  ['/known', 'linux', 'folderKnown'],
  ['/known//', 'darwin', 'folderKnown'],
  ['/Known', 'linux', null],
  ['C:\\shop', 'win32', null],
  ['C:shop', 'win32', 'folderNotAbsolute'],
  ['\\\\server\\share', 'win32', null],
  ['D:/known/', 'win32', 'folderKnown'],
  ['d:\\Known', 'win32', 'folderKnown'],
] as const)('%j on %s: %s', (folder, platform, problem) => {
  expect(folderProblem(folder, ['/known', 'D:\\known\\'], platform)).toBe(problem);
});

it.each(['darwin', 'linux', 'win32'] as const)('the example for %s is a folder that can be added', (platform) => {
  expect(folderProblem(exampleFolder(platform), [], platform)).toBeNull();
});
