import { createHash } from 'node:crypto';
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Between its names nothing was changed, on disk or at the service, but for a temporary file that nobody reads. */
export interface Moment {
  /** The last one. */
  readonly name: string;
  /** The earlier ones. */
  readonly also: readonly string[];
}

/**
 * The moments before and after each effect of a process, by name, in the order in which it comes through them. It
 * remembers them, or dies at one of them.
 */
export class Moments {
  readonly #home: string;
  readonly #counts = new Map<string, number>();
  readonly #passed: { names: string[]; state: string }[] = [];
  #watching: 'nothing' | 'all' | { readonly until: string } = 'nothing';
  #changesOutside = 0;

  constructor(home: string) {
    this.#home = home;
  }

  /** From now on moments are counted. @param until name of the last one. */
  watch(until: string | null): void {
    this.#watching = until === null ? 'all' : { until };
  }

  /** Those of equal state, one after the other, as one. */
  get passed(): readonly Moment[] {
    return this.#passed.map(({ names }) => ({ name: names.at(-1) ?? '', also: names.slice(0, -1) }));
  }

  /** Does something that changes the disk. */
  async effect<T>(name: string, work: () => Promise<T>): Promise<T> {
    this.pass(`before ${name}`);
    try {
      return await work();
    } finally {
      this.pass(`after ${name}`);
    }
  }

  /** The same for what is changed elsewhere than on this disk: it counts as a change by itself. */
  async effectOutside<T>(name: string, work: () => Promise<T>): Promise<T> {
    this.pass(`before ${name}`);
    try {
      return await work();
    } finally {
      this.#changesOutside += 1;
      this.pass(`after ${name}`);
    }
  }

  pass(plainName: string): void {
    if (this.#watching === 'nothing') return;
    const count = (this.#counts.get(plainName) ?? 0) + 1;
    this.#counts.set(plainName, count);
    const name = count === 1 ? plainName : `${plainName} (${count})`;
    if (this.#watching === 'all') this.#remember(name);
    // Nothing of this process runs after this: the signal is delivered before the call returns.
    else if (this.#watching.until === name) process.kill(process.pid, 'SIGKILL');
  }

  #remember(name: string): void {
    const state = `${this.#changesOutside} ${stateOf(this.#home)}`;
    const last = this.#passed.at(-1);
    if (last?.state === state) last.names.push(name);
    else this.#passed.push({ names: [name], state });
  }
}

/** Tells two states of a folder apart: the folders in it, and number, size and time of each file. */
function stateOf(folder: string): string {
  const hash = createHash('sha256');
  const look = (path: string): void => {
    const at = lstatSync(path, { bigint: true, throwIfNoEntry: false });
    if (!at || path.endsWith('.tmp')) return;
    hash.update(at.isDirectory() ? `${path}\n` : `${path} ${at.ino} ${at.size} ${at.mtimeNs}\n`);
    if (at.isDirectory()) for (const name of readdirSync(path).sort()) look(join(path, name));
  };
  look(folder);
  return hash.digest('hex');
}
