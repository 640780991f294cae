/** Longest pause between two tries, in milliseconds. */
const LONGEST_MS = 15 * 60_000;

/** Tries rotations again that wait for a service, less and less often. Keeps no process alive. */
export class Retries {
  readonly #tryAgain: (id: string) => Promise<unknown>;
  readonly #retries = new Map<string, { timer: NodeJS.Timeout; pauseMs: number }>();
  #closed = false;

  constructor(tryAgain: (id: string) => Promise<unknown>) {
    this.#tryAgain = tryAgain;
  }

  /** @param firstMs the pause, where none has gone before; each further one is twice as long. */
  later(id: string, firstMs: number): void {
    if (this.#closed) return;
    const known = this.#retries.get(id);
    clearTimeout(known?.timer);
    const pauseMs = Math.min(known ? 2 * known.pauseMs : firstMs, LONGEST_MS);
    const timer = setTimeout(() => void this.#tryAgain(id).catch(() => this.later(id, firstMs)), pauseMs);
    timer.unref();
    this.#retries.set(id, { timer, pauseMs });
  }

  forget(id: string): void {
    clearTimeout(this.#retries.get(id)?.timer);
    this.#retries.delete(id);
  }

  close(): void {
    this.#closed = true;
    for (const { timer } of this.#retries.values()) clearTimeout(timer);
  }
}
