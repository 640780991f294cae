import { type EndedRunOptions, withEndedRun } from './ended-run.ts';
import { hasExpired, isDue } from './revocation.ts';
import { lookAndRevoke } from './revoke.ts';
import type { Rotation } from './rotation.schema.ts';
import type { Run } from './run.ts';

/** A machine that sleeps stops its timers, so that the clock is looked at now and then. */
const LONGEST_SLEEP_MS = 10 * 60_000;
const LONGEST_PAUSE_MS = 60 * 60_000;

interface Scheduled {
  readonly timer: NodeJS.Timeout;
  readonly pause: number;
}

/**
 * Has the old keys of ended rotations revoked when their time has come, and notes when a service has ended one. What
 * fails is tried again, less and less often. Keeps no process alive.
 */
export class Revocations {
  readonly #options: EndedRunOptions;
  readonly #scheduled = new Map<string, Scheduled>();
  readonly #working = new Set<Promise<void>>();
  #closed = false;

  constructor(options: EndedRunOptions) {
    this.#options = options;
  }

  /** Nothing comes of rotations that have left no old key to Rekey or the service. */
  begin(rotation: Rotation): void {
    const { id, step, revocation } = rotation;
    this.#forget(id);
    if (step !== 'ended' || revocation?.state !== 'due' || revocation.by === 'person') return;
    const { now, delays } = this.#options.parts;
    // One that has failed just now is not tried again at once.
    const left = Date.parse(revocation.at ?? '') - now().getTime();
    this.#wake(id, revocation.problem ? Math.max(left, delays.retry) : left, delays.retry);
  }

  /** Returns when none of them does anything any more. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { timer } of this.#scheduled.values()) clearTimeout(timer);
    await Promise.allSettled(this.#working);
  }

  #wake(id: string, ms: number, pause: number): void {
    this.#forget(id);
    if (this.#closed) return;
    const timer = setTimeout(
      () => {
        const done = this.#look(id, pause).catch(() => this.#wake(id, pause, longer(pause)));
        this.#working.add(done);
        void done.finally(() => this.#working.delete(done));
      },
      Math.max(0, Math.min(ms, LONGEST_SLEEP_MS)),
    );
    timer.unref();
    this.#scheduled.set(id, { timer, pause });
  }

  async #look(id: string, pause: number): Promise<void> {
    const { parts } = this.#options;
    const worked = await withEndedRun(this.#options, id, (run) => this.#settle(run));
    if (worked === 'over') return this.#forget(id);
    const rotation = await parts.journal.get(id);
    if (rotation?.revocation?.state !== 'due') return this.#forget(id);
    const left = Date.parse(rotation.revocation.at ?? '') - parts.now().getTime();
    if (left > 0) this.#wake(id, left, pause);
    else this.#wake(id, pause, longer(pause));
  }

  async #settle(run: Run): Promise<void> {
    const now = run.parts.now();
    if (isDue(run.record, now)) return lookAndRevoke(run);
    const { revocation } = run.record;
    if (!revocation || !hasExpired(run.record, now)) return;
    await run.save({ revocation: { ...revocation, state: 'revoked' } });
    run.parts.onRevoked(run.record);
  }

  #forget(id: string): void {
    clearTimeout(this.#scheduled.get(id)?.timer);
    this.#scheduled.delete(id);
  }
}

function longer(pause: number): number {
  return Math.min(2 * pause, LONGEST_PAUSE_MS);
}
