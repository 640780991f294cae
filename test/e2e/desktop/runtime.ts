import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { build, root } from '../../../build/build.ts';
import { thisMachine } from '../../../main/machine.ts';
import { chooseShell } from '../../../main/shells/choose.ts';
import { bundleForOldRuntime } from '../old-runtime/bundle.ts';
import { DESKTOP_PROGRAMS } from './desktop.ts';

/** An Electron on this machine that the stories can run in. */
export interface Runtime {
  readonly executable: string;
  /** Whether it needs a desktop made for it. */
  readonly ownDesktop: boolean;
  /**
   * Builds what it starts.
   * @param folder an empty one, for whatever isn't in `dist/`.
   * @returns the script.
   */
  prepare(folder: string): Promise<string>;
}

/** @returns the reason, for a person, where there is none. */
export function findRuntime(): Runtime | string {
  const old = process.env.REKEY_OLD_RUNTIME;
  const canMakeDesktop = DESKTOP_PROGRAMS.every(onPath);
  if (old) {
    if (!existsSync(old)) return `REKEY_OLD_RUNTIME names no file (${old})`;
    if (!canMakeDesktop) return `an old runtime needs ${DESKTOP_PROGRAMS.join(', ')}`;
    const prepare = async (folder: string): Promise<string> => {
      await prepareDist();
      return bundleForOldRuntime(folder);
    };
    return { executable: old, ownDesktop: true, prepare };
  }
  const machine = thisMachine(homedir());
  const hasDesktop = machine.platform !== 'linux' || Boolean(machine.env.DISPLAY || machine.env.WAYLAND_DISPLAY);
  const ownDesktop = !hasDesktop && canMakeDesktop;
  const env = ownDesktop ? { ...machine.env, DISPLAY: ':0' } : machine.env;
  const { kind, command, why } = chooseShell({ ...machine, env }, root);
  if (kind !== 'electron') return why;
  return { executable: command, ownDesktop, prepare: prepareDist };
}

async function prepareDist(): Promise<string> {
  if (process.env.REKEY_BUILT !== '1') await build();
  return join(root, 'dist', 'main.mjs');
}

function onPath(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}
