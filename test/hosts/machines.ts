import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, posix, win32 } from 'node:path';
import { afterEach } from 'vitest';
import type { Disk } from '../../main/hosts/disk.ts';
import type { Machine, Platform } from '../../main/machine.ts';

/** A machine of each platform, with the folders that its system sets. */
export const machines: Readonly<Record<Platform, Machine>> = {
  darwin: { platform: 'darwin', home: '/Users/ann', env: {} },
  win32: {
    platform: 'win32',
    home: 'C:\\Users\\ann',
    env: {
      APPDATA: 'C:\\Users\\ann\\AppData\\Roaming',
      LOCALAPPDATA: 'C:\\Users\\ann\\AppData\\Local',
      ProgramFiles: 'C:\\Program Files',
    },
  },
  linux: { platform: 'linux', home: '/home/ann', env: {} },
};

export function withEnv(machine: Machine, env: Machine['env']): Machine {
  return { ...machine, env: { ...machine.env, ...env } };
}

/** A disk that holds these files, and their folders, and nothing else. */
export function diskWith(platform: Platform, files: readonly string[]): Disk {
  const paths = platform === 'win32' ? win32 : posix;
  const places = new Set<string>();
  for (const file of files) {
    for (let at = file; !places.has(at); at = paths.dirname(at)) places.add(at);
  }
  return {
    list: async (folder) =>
      [...places]
        .filter((place) => paths.dirname(place) === folder && place !== folder)
        .map((place) => paths.basename(place)),
    isLink: async () => false,
    realPath: async (path) => (places.has(paths.resolve(path)) ? path : null),
  };
}

const made: string[] = [];

/** A temporary folder, gone after the test. */
export async function temporaryFolder(): Promise<string> {
  // A temporary folder may itself stand behind a link, as on macOS.
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'rekey-')));
  made.push(folder);
  return folder;
}

afterEach(async () => {
  for (const folder of made.splice(0)) await rm(folder, { recursive: true, force: true });
});
