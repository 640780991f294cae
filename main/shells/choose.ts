import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine, Platform } from '../machine.ts';

/** The program that shows Rekey on this machine, and the reason in words for a person. */
export interface ShellChoice {
  readonly kind: 'electron' | 'browser';
  readonly command: string;
  readonly args: readonly string[];
  readonly why: string;
}

const EXECUTABLE: Record<Platform, string> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  linux: 'electron',
  win32: 'electron.exe',
};

/** Whether windows can be shown: on Linux the environment says so, elsewhere they always can. */
export function hasDesktop({ platform, env }: Machine): boolean {
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/**
 * Electron where its runtime and a desktop are present, else the browser shell.
 *
 * @param root the folder that holds `dist/` and `node_modules/`.
 */
export function chooseShell(
  machine: Machine,
  root: string,
  exists: (path: string) => boolean = existsSync,
): ShellChoice {
  const browser = (why: string): ShellChoice => ({
    kind: 'browser',
    command: process.execPath,
    args: [join(root, 'dist', 'browser.mjs')],
    why,
  });
  const folder = machine.env.ELECTRON_OVERRIDE_DIST_PATH || join(root, 'node_modules', 'electron', 'dist');
  const executable = join(folder, EXECUTABLE[machine.platform]);
  if (!exists(executable)) return browser('the Electron runtime is not on this machine');
  if (!hasDesktop(machine)) {
    return browser('there is no desktop here (neither DISPLAY nor WAYLAND_DISPLAY is set)');
  }
  return {
    kind: 'electron',
    command: executable,
    args: [join(root, 'dist', 'main.mjs')],
    why: 'the Electron runtime and a desktop are present',
  };
}
