import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, globSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright';

/** A Debian package that some tests need, how to see that it is there, and what is left out without it. */
interface Need {
  readonly packages: readonly string[];
  readonly present: () => boolean;
  readonly leftOut: string;
}

const NEEDS: readonly Need[] = [
  {
    packages: ['chromium'],
    present: browserPresent,
    leftOut: 'the pages in Chromium (test/e2e)',
  },
  {
    packages: ['gnome-keyring', 'libsecret-1-0', 'dbus', 'dbus-x11'],
    present: () =>
      ['gnome-keyring-daemon', 'dbus-run-session', 'dbus-launch'].every(onPath) &&
      globSync('/usr/{lib,lib64,lib/*}/libsecret-1.so.0').length > 0,
    leftOut: 'the OS keychain (gnome-keyring) and whatever runs on it',
  },
  {
    packages: ['desktop-file-utils'],
    present: () => onPath('desktop-file-validate'),
    leftOut: 'the check of the desktop files of Linux packages',
  },
  { packages: ['util-linux'], present: () => onPath('script'), leftOut: 'the hidden prompt on a terminal' },
];

/** Debian's Chromium, or the one that Playwright has been given by its user. */
export function browserPresent(): boolean {
  return existsSync('/usr/bin/chromium') || existsSync(chromium.executablePath());
}

/**
 * Gets the Debian packages that the tests need, when it can; says what is left out when it can't.
 *
 * @returns lines for the person: what was installed, or which packages to install by hand.
 */
export function prepareTestMachine(): string[] {
  const missing = NEEDS.filter(({ present }) => !present());
  if (missing.length === 0) return [];
  const packages = missing.flatMap((need) => need.packages);
  if (process.getuid?.() === 0 && onPath('apt-get') && install(packages))
    return [`Installed for the tests: ${packages.join(' ')}.`];
  return missing.map(
    (need) =>
      `Left out, since ${need.packages.join(', ')} ${need.packages.length === 1 ? 'is' : 'are'} not installed: ${need.leftOut}.`,
  );
}

function install(packages: readonly string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args: string[]): boolean =>
    spawnSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
  return apt('update', '-q') && apt('install', '-y', '-q', '--no-install-recommends', ...packages);
}

/** Whether a program of this name can be run. */
export function onPath(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
