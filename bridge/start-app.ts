import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import type { Machine } from '../main/machine.ts';
import { appOf, type Installation } from './installation.ts';

/**
 * Starts the app so that it outlives us: its own session, no stdio of ours, no window of its own accord.
 *
 * @returns a promise that only ever rejects: when the app could not be started, or ended at once with a failure.
 */
export function startApp(machine: Machine, installation: Installation): Promise<never> {
  return new Promise((_, reject) => {
    const { command, args } = appOf(machine, installation);
    const child = spawn(command, [...args], {
      cwd: machine.home,
      detached: true,
      env: { ...process.env, ...absoluteHome(), REKEY_STARTED_BY: 'bridge' },
      stdio: 'ignore',
      windowsHide: true,
    });
    child.once('error', (error) => reject(error));
    // Not at 0: another start was faster, and this one gave way.
    child.once('exit', (code) => code !== 0 && reject(new Error(`it ended with ${code ?? 'a signal'}`)));
    child.unref();
  });
}

/** The app runs in another folder than we do. */
function absoluteHome(): { REKEY_HOME?: string } {
  return process.env.REKEY_HOME ? { REKEY_HOME: resolve(process.env.REKEY_HOME) } : {};
}
