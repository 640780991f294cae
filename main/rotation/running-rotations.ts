import { errorView } from '../errors.ts';
import { prune, supersede } from './after-end.ts';
import { lockCredential, lockIdOf } from './credential-lock.ts';
import type { EndedRunOptions } from './ended-run.ts';
import { RotationError } from './errors.ts';
import type { RotationParts } from './parts.ts';
import { quitByUs } from './restarts.ts';
import { Retries } from './retries.ts';
import { Revocations } from './revocations.ts';
import type { Rotation } from './rotation.schema.ts';
import { Run } from './run.ts';
import { Watches } from './watches.ts';

/** Frees the lock on a key's rotations. */
export type Release = () => Promise<void>;

/**
 * The rotations that this process works with: their runs, the locks under which they take steps, one per key over all
 * processes, and what goes on with them when they wait or have ended.
 */
export class RunningRotations {
  readonly retries: Retries;
  readonly watches: Watches;
  readonly revocations: Revocations;
  readonly #parts: RotationParts;
  readonly #lockFolder: string;
  readonly #runs = new Map<string, Run>();
  readonly #active = new Map<string, Promise<void>>();

  /** @param resume goes on with a rotation that waits for its service. */
  constructor(parts: RotationParts, lockFolder: string, resume: (id: string) => Promise<unknown>) {
    this.#parts = parts;
    this.#lockFolder = lockFolder;
    const ended: EndedRunOptions = {
      parts,
      lock: (credentialId) => lockCredential(lockFolder, credentialId),
      isActive: (id) => this.#active.has(id),
    };
    this.retries = new Retries(resume);
    this.watches = new Watches(ended);
    this.revocations = new Revocations(ended);
  }

  /** Of this process; an ended one is let go. */
  run(id: string): Run | undefined {
    return this.#runs.get(id);
  }

  /** Whether it takes steps now, in this process. */
  isActive(id: string): boolean {
    return this.#active.has(id);
  }

  /** Returns when it takes no step in this process. */
  async stopped(id: string): Promise<void> {
    await this.#active.get(id);
  }

  /** @throws {RotationError} `rotation-unknown`. */
  async get(id: string): Promise<Rotation> {
    const found = this.#runs.get(id)?.record ?? (await this.#parts.journal.get(id));
    if (found) return found;
    throw new RotationError(
      'rotation-unknown',
      'There is no rotation with this id.',
      'Look at the list of rotations for the right one.',
    );
  }

  async open(rotation: Rotation): Promise<Run> {
    return this.#runs.get(rotation.id) ?? Run.open(this.#parts, rotation);
  }

  /**
   * Takes the lock, with no watch's last look in the way. The watch goes on when nothing comes of it.
   * @throws {RotationError} `rotation-running`.
   */
  async lock(credentialId: string, targetId: string | null): Promise<Release> {
    if (targetId !== null) await this.watches.stopFor(targetId);
    try {
      return await lockCredential(this.#lockFolder, credentialId);
    } catch (error) {
      if (targetId !== null) await this.watches.takeUp(targetId);
      throw error;
    }
  }

  /** Frees the lock where nothing more is done under it, and takes up the watches that were ended for it. */
  async letGo(release: Release, targetId: string | null): Promise<void> {
    await release();
    if (targetId !== null) await this.watches.takeUp(targetId);
  }

  /**
   * Does something to a rotation under the lock.
   * @param check throws where that can't be done with the rotation as it stands under the lock.
   * @param work is done with the lock when it returns, or hands it on to {@link go}.
   * @throws {RotationError} `rotation-unknown`, `rotation-running`.
   */
  async take(
    id: string,
    check: (rotation: Rotation) => Promise<void>,
    work: (run: Run, release: Release) => Promise<void>,
  ): Promise<Rotation> {
    await this.stopped(id);
    const known = await this.get(id);
    const release = await this.lock(lockIdOf(known), known.target.id);
    try {
      const rotation = await this.get(id);
      await check(rotation);
      const run = await this.open(rotation);
      await work(run, release);
      return run.record;
    } catch (error) {
      await this.letGo(release, known.target.id);
      throw error;
    }
  }

  /** Lets a run take its steps, and sees to what comes after them. The lock is freed then. */
  go(run: Run, release: Release, work: () => Promise<void>): void {
    const { id } = run.record;
    this.#runs.set(id, run);
    const done = work()
      .catch((error: unknown) => run.wait('person', errorView(error)))
      .catch(() => {})
      .finally(async () => {
        await release();
        this.#active.delete(id);
        if (run.record.step === 'ended') await this.#afterEnd(run.record);
        const isLeft = run.record.step === 'ended' && quitByUs(run.record).length > 0;
        if (run.record.waiting?.on === 'service' || isLeft) this.retries.later(id, this.#parts.delays.retry);
      });
    this.#active.set(id, done);
  }

  forget(id: string): void {
    this.#runs.delete(id);
    this.retries.forget(id);
  }

  /** True while ending the app could lose something: an answer is awaited, or is in memory only. */
  busy(): boolean {
    return [...this.#runs.values()].some((run) => run.awaitsAnswer || (run.answer !== null && !run.answerOnDisk));
  }

  /** Waits until no rotation takes a step any more; those that wait for something are left as they are. */
  async close(): Promise<void> {
    this.retries.close();
    await this.watches.close();
    await this.revocations.close();
    await Promise.allSettled(this.#active.values());
  }

  async #afterEnd(record: Rotation): Promise<void> {
    this.forget(record.id);
    await supersede(this.#parts, record).catch(() => {});
    await prune(this.#parts).catch(() => {});
    await this.watches.begin(record);
    this.revocations.begin(record);
    await this.watches.takeUp(record.target.id);
  }
}
