import { readdirSync, readFileSync } from 'node:fs';
import type { Place } from './sweep.ts';

/** How often all processes are looked at, in milliseconds. */
const EVERY_MS = 25;

/** Looks again and again at the arguments and the environment of every process of this machine that it may look at. */
export class ProcessWatch {
  /** Each text once, with the name of the first process that it was seen of. */
  readonly #seen = new Map<string, Place>();
  readonly #timer: NodeJS.Timeout;

  constructor() {
    this.#timer = setInterval(() => this.#look(), EVERY_MS);
    this.#look();
  }

  /** All that was seen. */
  stop(): Place[] {
    clearInterval(this.#timer);
    this.#look();
    return [...this.#seen.values()];
  }

  #look(): void {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      for (const what of ['cmdline', 'environ'] as const) {
        const bytes = contentOf(`/proc/${pid}/${what}`);
        const key = bytes.toString('latin1');
        if (bytes.length > 0 && !this.#seen.has(key)) this.#seen.set(key, { name: `${what} of process ${pid}`, bytes });
      }
    }
  }
}

/** Of other people's processes, and of those that end just now, there is nothing to be seen. */
function contentOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}
