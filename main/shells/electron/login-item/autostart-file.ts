import { mkdir, readFile, rm } from 'node:fs/promises';
import { posix } from 'node:path';
import { DesktopError, type LoginItem } from '../../../desktop/desktop-parts.ts';
import { systemCode } from '../../../errors.ts';
import type { Machine } from '../../../machine.ts';
import { writeDurably } from '../../../storage/write-durably.ts';
import { autostartEntry, isSwitchedOn } from './autostart-entry.ts';

/**
 * The autostart file of a Linux desktop, for which Electron has nothing.
 * @see https://specifications.freedesktop.org/autostart-spec/latest/
 */
export class AutostartFile implements LoginItem {
  readonly #path: string;
  readonly #entry: string;

  /** @param command the program and its arguments. */
  constructor(machine: Pick<Machine, 'home' | 'env'>, command: readonly string[]) {
    this.#path = posix.join(configFolder(machine), 'autostart', 'rekey.desktop');
    this.#entry = autostartEntry(command);
  }

  async isOn(): Promise<boolean> {
    const entry = await this.#read();
    return entry !== null && isSwitchedOn(entry);
  }

  async turn(on: boolean): Promise<void> {
    try {
      if (on) await this.#write();
      else await rm(this.#path, { force: true });
    } catch (cause) {
      throw new DesktopError(
        'login-item-failed',
        `The file ${this.#path} can’t be ${on ? 'written' : 'removed'} (${systemCode(cause) ?? 'unknown'}). Nothing was changed.`,
        'Mend the rights on the file and its folder, then try again.',
        { cause },
      );
    }
  }

  /** Keeps it in step with where the program is now: an AppImage is moved, or comes under another name. */
  async refresh(): Promise<void> {
    const entry = await this.#read();
    if (entry !== null && entry !== this.#entry && isSwitchedOn(entry)) await this.turn(true);
  }

  async #read(): Promise<string | null> {
    return readFile(this.#path, 'utf8').catch(() => null);
  }

  async #write(): Promise<void> {
    await mkdir(posix.dirname(this.#path), { recursive: true, mode: 0o700 });
    await writeDurably(this.#path, this.#entry);
  }
}

/** By the XDG base directory specification; a relative path there is invalid and to be ignored. */
function configFolder({ home, env }: Pick<Machine, 'home' | 'env'>): string {
  const given = env.XDG_CONFIG_HOME;
  return given && posix.isAbsolute(given) ? given : posix.join(home, '.config');
}
