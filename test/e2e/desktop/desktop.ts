import { type ChildProcess, spawn } from 'node:child_process';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { type NotificationHost, startNotificationHost } from './notification-host.ts';
import { startTrayHost, type TrayHost } from './tray-host.ts';

/** A Linux desktop of a test's own: an X server without a screen, a session bus, and somebody who shows tray icons. */
export interface Desktop {
  /** What a program needs to be on it. */
  readonly env: Readonly<Record<string, string>>;
  readonly tray: TrayHost;
  readonly notifications: NotificationHost;
  /** A temporary folder of whom programs run as here; gone with the desktop. */
  readonly folder: string;
  /**
   * A command that starts the program as somebody who is not root: Chromium's sandbox, which is among what is tested,
   * doesn't run as root. Everyone must be able to read the program.
   */
  startedAsUser(program: string): Promise<string>;
  give(path: string): Promise<void>;
  stop(): Promise<void>;
}

/** Debian's `nobody`. */
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
const user = isRoot ? { uid: NOBODY, gid: NOBODY } : {};

/** Everyone on this machine may connect: the test, maybe root, and the program, maybe not. */
const BUS = (
  socket: string,
): string => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="*"/>
    <allow own="*"/>
    <allow send_destination="*" eavesdrop="true"/>
    <allow receive_type="method_return"/>
    <allow receive_type="method_call"/>
    <allow receive_type="signal"/>
    <allow receive_type="error"/>
  </policy>
</busconfig>
`;

/** What the desktop is made of, as Debian's packages have it. */
export const DESKTOP_PROGRAMS = ['Xvfb', 'dbus-daemon', 'setpriv'] as const;

export async function startDesktop(): Promise<Desktop> {
  const folder = await mkdtemp(join(tmpdir(), 'rekey-desktop-'));
  const give = async (path: string): Promise<void> => {
    if (isRoot) await chown(path, NOBODY, NOBODY);
  };
  await give(folder);
  const startedAsUser = async (program: string): Promise<string> => {
    if (!isRoot) return program;
    const script = join(folder, `${basename(program)}.sh`);
    const lines = `#!/bin/sh\nexec setpriv --reuid=${NOBODY} --regid=${NOBODY} --clear-groups '${program}' "$@"\n`;
    await writeFile(script, lines, { mode: 0o755 });
    return script;
  };
  const running: ChildProcess[] = [];
  const start = (program: string, args: readonly string[]): Promise<string> => {
    // Each says on its third stream when it is ready, and where.
    const child = spawn(program, args, { ...user, stdio: ['ignore', 'ignore', 'ignore', 'pipe'], cwd: folder });
    running.push(child);
    return firstLine(child);
  };

  const endAll = async (): Promise<void> => {
    await Promise.all(running.map(ended));
    await rm(folder, { recursive: true, force: true });
  };
  const socket = join(folder, 'bus');
  const address = `unix:path=${socket}`;
  const config = join(folder, 'bus.conf');
  await writeFile(config, BUS(socket), { mode: 0o644 });
  try {
    const [display] = await Promise.all([
      start('Xvfb', ['-displayfd', '3', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp', '-ac']),
      start('dbus-daemon', ['--nofork', '--nopidfile', `--config-file=${config}`, '--print-address=3']),
    ]);
    const tray = await startTrayHost(address);
    const notifications = await startNotificationHost(address);
    const env = { DISPLAY: `:${display}`, DBUS_SESSION_BUS_ADDRESS: address, XDG_RUNTIME_DIR: folder };
    const stop = async (): Promise<void> => {
      await tray.close();
      await notifications.close();
      await endAll();
    };
    return { env, tray, notifications, folder, give, startedAsUser, stop };
  } catch (error) {
    await endAll();
    throw error;
  }
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const out = child.stdio[3] as Readable;
    let text = '';
    out.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${child.spawnfile} ended with ${code}`)));
  });
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill();
  });
}
