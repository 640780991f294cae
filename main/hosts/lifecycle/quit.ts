import type { Platform } from '../../machine.ts';
import type { RunningProgram } from '../programs.ts';
import { isAlive } from './alive.ts';
import { type RunCommand, runCommand } from './command.ts';
import { LifecycleError } from './errors.ts';
import { bundleOf } from './recipe.ts';
import { mainProcesses } from './tree.ts';

const LOOK_EVERY_MS = 100;

export interface QuitOptions {
  readonly platform: Platform;
  /** How long its processes may take to end, in milliseconds. */
  readonly timeoutMs: number;
  /** The host's processes now: a host may start more while it ends. */
  readonly processes: () => Promise<readonly RunningProgram[]>;
  readonly run?: RunCommand;
}

/**
 * Asks a desktop app to quit in the way of its platform, as its own menu would, and waits until all its processes are
 * gone. Never by force: an app that asks about unsaved work, or lives on in the tray, goes on.
 *
 * @throws {LifecycleError} `host-still-running`, `host-has-no-window`, `host-quit-not-permitted`: it runs as before.
 */
export async function quitHost(name: string, options: QuitOptions): Promise<void> {
  const { platform, timeoutMs, run = runCommand } = options;
  const deadline = Date.now() + timeoutMs;
  const processes = await options.processes();
  if (processes.length === 0) return;
  await ASK[platform](name, processes, run, timeoutMs);
  let left = processes.map(({ pid }) => pid);
  for (;;) {
    left = left.filter(isAlive);
    if (left.length === 0) left = (await options.processes()).map(({ pid }) => pid);
    if (left.length === 0) return;
    if (Date.now() >= deadline) throw stillRunning(name, platform, timeoutMs);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

type Ask = (name: string, processes: readonly RunningProgram[], run: RunCommand, timeoutMs: number) => Promise<void>;

const ASK: Record<Platform, Ask> = { darwin: askOnMac, win32: askOnWindows, linux: askOnLinux };

/** errAEEventNotPermitted: the person has not allowed Rekey to control the app. */
const NOT_PERMITTED = '(-1743)';

/** The bundle goes in as an argument: a path can't be read as a part of the script. */
async function askOnMac(
  name: string,
  processes: readonly RunningProgram[],
  run: RunCommand,
  timeoutMs: number,
): Promise<void> {
  const bundles = new Set(mainProcesses(processes).map(({ executable }) => bundleOf(name, executable)));
  for (const bundle of bundles) {
    const script = ['-e', 'on run argv', '-e', 'quit application (item 1 of argv)', '-e', 'end run', bundle];
    const { ok, stderr } = await run('osascript', script, timeoutMs);
    if (ok || !stderr.includes(NOT_PERMITTED)) continue;
    throw new LifecycleError(
      'host-quit-not-permitted',
      `macOS does not let Rekey quit ${name}. It goes on running.`,
      `Allow it in System Settings, Privacy & Security, Automation; or quit ${name} yourself and start it again.`,
    );
  }
}

/** Without /F, taskkill asks a process to close its windows: those without one can't be asked. */
async function askOnWindows(
  name: string,
  processes: readonly RunningProgram[],
  run: RunCommand,
  timeoutMs: number,
): Promise<void> {
  const ids = processes.map(({ pid }) => pid).join(',');
  const query = `(Get-Process -Id ${ids} -ErrorAction SilentlyContinue | Where-Object MainWindowHandle -ne 0).Id`;
  const { stdout } = await run('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', query], timeoutMs);
  const withWindow = processes.filter(({ pid }) => stdout.split(/\s+/).includes(String(pid)));
  if (withWindow.length === 0) {
    throw new LifecycleError(
      'host-has-no-window',
      `${name} runs without a window, so Rekey can’t ask it to quit. It goes on running.`,
      `Quit ${name} by its icon beside the clock, then start it again.`,
    );
  }
  await run(
    'taskkill.exe',
    withWindow.flatMap(({ pid }) => ['/PID', String(pid)]),
    timeoutMs,
  );
}

async function askOnLinux(_name: string, processes: readonly RunningProgram[]): Promise<void> {
  for (const { pid } of mainProcesses(processes)) {
    try {
      process.kill(pid, 'SIGTERM');
    } catch {
      // It has ended by itself meanwhile; if not, the wait tells.
    }
  }
}

function stillRunning(name: string, platform: Platform, timeoutMs: number): LifecycleError {
  const why =
    platform === 'win32' ? 'it may live on beside the clock, or wait for an answer' : 'it may wait for an answer';
  return new LifecycleError(
    'host-still-running',
    `${name} was asked to quit and still runs after ${Math.round(timeoutMs / 1_000)} s: ${why}. Nothing was forced.`,
    `Quit ${name} yourself and start it again.`,
  );
}
