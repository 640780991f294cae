import type { Platform } from '../../machine.ts';

/** Launchers of JetBrains' IDEs by the name of the product. */
const launchers = [
  'idea',
  'pycharm',
  'webstorm',
  'phpstorm',
  'goland',
  'rider',
  'clion',
  'rubymine',
  'datagrip',
  'dataspell',
  'rustrover',
];

/** The IDEs that plugins run in. Each is a program of its own, in a folder that the person chose. */
export const jetbrainsPrograms: Readonly<Record<Platform, readonly string[]>> = {
  darwin: launchers.map((name) => `Contents/MacOS/${name}`),
  win32: launchers.map((name) => `bin/${name}64.exe`),
  linux: launchers.map((name) => `bin/${name}`),
};
