import { FileWatch } from '../configs/file-watch.ts';
import { isAlive } from '../hosts/lifecycle/alive.ts';
import type { WithRun } from './ended-run.ts';
import type { RotationParts } from './parts.ts';
import { hostsOf } from './plan.schema.ts';
import { type LookOrder, type LookResult, lookForOldKey } from './put-back.ts';
import { stillRuns } from './restarts.ts';
import type { Rotation, WatchedHost } from './rotation.schema.ts';

/** A write is rarely alone. */
const SETTLE_MS = 100;
const BETWEEN_LOOKS_MS = 1_000;
/** This many replacements within this time are a loop of two programs. */
const ROUNDS = 5;
const ROUNDS_WITHIN_MS = 10 * 60_000;
const LONGEST_RETRY_MS = 60_000;
/** Glances between two lists of all processes, which tell whether an id has been given away. */
const GLANCES_PER_LIST = 12;

/**
 * Watches the files of one ended rotation as long as hosts run that have the old key in memory, and has it replaced
 * where they write it back. Idle, it asks the system now and then whether the processes live and the files are the same.
 * Keeps no process alive.
 */
export class Watch {
  readonly #parts: RotationParts;
  readonly #withRun: WithRun;
  readonly #onOver: () => void;
  readonly #files: FileWatch;
  readonly #rounds = new Map<string, number[]>();
  #hosts: readonly WatchedHost[];
  #timer: NodeJS.Timeout | undefined;
  #glance: Promise<void> | null = null;
  #glances = 0;
  #changed = true;
  #notBefore = 0;
  #retryAfter = 0;
  #retryPause = 0;
  #stopped = false;

  constructor(parts: RotationParts, rotation: Rotation, withRun: WithRun, onOver: () => void) {
    this.#parts = parts;
    this.#withRun = withRun;
    this.#onOver = onOver;
    this.#hosts = rotation.watched;
    const own = new Set(rotation.watched.map(({ id }) => id));
    const paths = rotation.sites
      .filter(({ site }) => hostsOf(site).some(({ id }) => own.has(id)))
      .map(({ site }) => site.file);
    this.#files = new FileWatch([...new Set(paths)], () => {
      // A file that is written all the time must not put its look off for ever.
      if (this.#changed) return;
      this.#changed = true;
      this.#wakeIn(this.#untilLook());
    });
  }

  async start(): Promise<void> {
    await this.#files.open();
    this.#wakeIn(0);
  }

  /** Ends the watch, and returns when nothing is done any more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#files.close();
    await this.#glance;
  }

  #wakeIn(ms: number): void {
    if (this.#stopped || this.#glance) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#glance = this.#glanceAround()
        // A locked keychain, say.
        .catch(() => this.#tryLater())
        .finally(() => {
          this.#glance = null;
          this.#wakeIn(
            this.#changed ? Math.min(this.#untilLook(), this.#parts.delays.watch) : this.#parts.delays.watch,
          );
        });
    }, ms);
    this.#timer.unref();
  }

  #untilLook(): number {
    return Math.max(SETTLE_MS, this.#notBefore - Date.now(), this.#retryAfter - Date.now());
  }

  async #glanceAround(): Promise<void> {
    if (await this.#files.poll()) this.#changed = true;
    const ended = await this.#endedHosts();
    const due = this.#changed && Date.now() >= this.#notBefore;
    if (this.#stopped || Date.now() < this.#retryAfter || (ended.size === 0 && !due)) return;
    this.#changed = false;
    await this.#look({ ended, tired: this.#tired() });
  }

  async #look(order: LookOrder): Promise<void> {
    const begun = Date.now();
    const seen: { result?: LookResult } = {};
    const state = await this.#withRun(async (run) => {
      seen.result = await lookForOldKey(run, order);
      this.#hosts = run.record.watched;
    });
    const { putBack = new Set<string>(), contested = new Set<string>(), unseen = true } = seen.result ?? {};
    if (unseen) this.#tryLater();
    else this.#retryPause = 0;
    for (const host of new Set([...putBack, ...contested]))
      this.#rounds.set(host, [...(this.#rounds.get(host) ?? []), begun]);
    for (const host of order.ended) this.#rounds.delete(host);
    const pause = putBack.size > 0 ? this.#parts.delays.putBack : BETWEEN_LOOKS_MS;
    this.#notBefore = Date.now() + Math.max(pause, (Date.now() - begun) / this.#parts.delays.lookShare);
    if (state !== 'over' && this.#hosts.length > 0) return;
    this.#stopped = true;
    this.#files.close();
    this.#onOver();
  }

  /** What can't be done now (a lock is taken, a file is broken) is tried again, less and less often. */
  #tryLater(): void {
    this.#changed = true;
    this.#retryPause = Math.min(Math.max(this.#parts.delays.watch, 2 * this.#retryPause), LONGEST_RETRY_MS);
    this.#retryAfter = Date.now() + this.#retryPause;
  }

  /** A look by the processes' ids costs nothing; who has got such an id since is asked less often. */
  async #endedHosts(): Promise<Set<string>> {
    this.#glances += 1;
    const gone = this.#hosts.filter(({ processes }) => !processes.some(({ pid }) => isAlive(pid)));
    if (this.#glances % GLANCES_PER_LIST !== 0) return idsOf(gone);
    const running = await this.#parts.programs.processes();
    const replaced = this.#hosts.filter(({ id, processes }) => running && !stillRuns(processes, running.get(id) ?? []));
    return idsOf([...gone, ...replaced]);
  }

  #tired(): Set<string> {
    const since = Date.now() - ROUNDS_WITHIN_MS;
    return new Set(
      [...this.#rounds].filter(([, times]) => times.filter((at) => at > since).length >= ROUNDS).map(([id]) => id),
    );
  }
}

function idsOf(hosts: readonly WatchedHost[]): Set<string> {
  return new Set(hosts.map(({ id }) => id));
}
