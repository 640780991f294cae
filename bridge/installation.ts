import { existsSync } from 'node:fs';
import { join, posix, win32 } from 'node:path';
import { RekeyError } from '../main/errors.ts';
import type { Machine, Platform } from '../main/machine.ts';
import { chooseShell, hasDesktop } from '../main/shells/choose.ts';

/** How Rekey stands on this machine, as the `rekey` program sees it from its own place. */
export type Installation =
  /** `root` holds `dist/` and `node_modules/`. */
  | { readonly kind: 'checkout'; readonly root: string }
  /** The desktop app: `program` is this executable, inside it. */
  | { readonly kind: 'packaged'; readonly program: string };

export class NoAppError extends RekeyError<'app-missing' | 'no-desktop' | 'no-browser-shell'> {}

/** From the folder of the `rekey` executable to the app; `build/electron-builder.ts` lays them out so. */
const APP: Record<Platform, string> = {
  darwin: '../../MacOS/Rekey',
  linux: '../../rekey-app',
  win32: '../../Rekey.exe',
};

const START_IT = 'Start Rekey from your applications, and try again.';

/**
 * The program that is the app, and its arguments.
 *
 * @throws {NoAppError} `app-missing`, `no-desktop`: an installed app needs both.
 */
export function appOf(
  machine: Machine,
  installation: Installation,
  exists: (path: string) => boolean = existsSync,
): { readonly command: string; readonly args: readonly string[] } {
  if (installation.kind === 'checkout') return chooseShell(machine, installation.root, exists);
  const path = machine.platform === 'win32' ? win32 : posix;
  const command = path.join(path.dirname(installation.program), APP[machine.platform]);
  if (!exists(command)) {
    throw new NoAppError(
      'app-missing',
      `The Rekey app is not at ${command}, where this program looks for it. Nothing was changed.`,
      'Run the `rekey` of the installed app where it stands, or make a link to it, instead of a copy.',
    );
  }
  if (!hasDesktop(machine)) {
    throw new NoAppError(
      'no-desktop',
      'The Rekey app is not running, and can’t be started from here: neither DISPLAY nor WAYLAND_DISPLAY is set. Nothing was changed.',
      START_IT,
    );
  }
  return { command, args: [] };
}

/**
 * The script of the browser shell.
 *
 * @throws {NoAppError} `no-browser-shell` in the desktop app, which has none.
 */
export function browserShellOf(installation: Installation): string {
  if (installation.kind === 'checkout') return join(installation.root, 'dist', 'browser.mjs');
  throw new NoAppError(
    'no-browser-shell',
    'This is the `rekey` of the desktop app, which shows itself in a window and not in a browser.',
    START_IT,
  );
}

/** What a person can do when the app didn't start. */
export function howToStart(installation: Installation): string {
  return installation.kind === 'packaged'
    ? START_IT
    : 'Start Rekey yourself, or run `rekey serve` to see what it says.';
}
