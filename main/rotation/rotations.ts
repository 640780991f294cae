import type { Approval } from '../approvals/approval.schema.ts';
import type { Credential } from '../credentials/credential.schema.ts';
import type { Secret } from '../credentials/secret.ts';
import { errorView } from '../errors.ts';
import { adopt, type PastedKey } from './adopt.ts';
import { advance } from './advance.ts';
import { prune, supersede, tidyLeft } from './after-end.ts';
import { clearFiles } from './clear-files.ts';
import { isCurrent, lockCredential, lockIdOf } from './credential-lock.ts';
import type { EndedRunOptions } from './ended-run.ts';
import { RotationError } from './errors.ts';
import { giveUp } from './give-up.ts';
import { newRecord } from './new-record.ts';
import type { RotationParts } from './parts.ts';
import type { Plan } from './plan.schema.ts';
import { type Ask, planFor } from './planning.ts';
import { down, restartNow, startAgain } from './restart-now.ts';
import { Retries } from './retries.ts';
import { Revocations } from './revocations.ts';
import { revokeNow } from './revoke.ts';
import type { Offer, Rotation } from './rotation.schema.ts';
import { Run } from './run.ts';
import { refuseSecond, refuseToForget } from './second-rotation.ts';
import { retrySites } from './steps/patch.ts';
import { Watches } from './watches.ts';

/** Pause before a rotation is taken up again whose lock is taken. */
const LOCK_RETRY_MS = 1_000;

/** All rotations of this machine: starts them, takes them up again, one per credential at a time over all processes. */
export class Rotations {
  readonly #parts: RotationParts;
  readonly #lockFolder: string;
  readonly #runs = new Map<string, Run>();
  readonly #active = new Map<string, Promise<void>>();
  readonly #retries = new Retries((id) => this.resume(id));
  readonly #watches: Watches;
  readonly #revocations: Revocations;

  constructor(parts: RotationParts, lockFolder: string) {
    this.#parts = parts;
    this.#lockFolder = lockFolder;
    const ended: EndedRunOptions = {
      parts,
      lock: (credentialId) => lockCredential(lockFolder, credentialId),
      isActive: (id) => this.#active.has(id),
    };
    this.#watches = new Watches(ended);
    this.#revocations = new Revocations(ended);
  }

  /** What a rotation of this credential would do. @throws {RotationError} `rotation-running`. */
  async plan(credential: Credential, ask: Ask): Promise<Plan> {
    const { plan } = await planFor(this.#parts, credential, ask);
    refuseSecond(await this.list(), plan);
    return plan;
  }

  /** Newest first. */
  list(): Promise<Rotation[]> {
    return this.#parts.journal.list();
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

  /**
   * Starts the rotation that a person has just approved, and returns once it stands in the journal.
   * @throws {RotationError} `rotation-running` when another one has begun meanwhile.
   */
  async start(approval: Approval): Promise<Rotation> {
    const { plan } = approval;
    const release = await this.#lock(plan.target.id ?? plan.credential.id, plan.target.id);
    try {
      refuseSecond(await this.list(), plan);
      const record = newRecord(approval, this.#parts.now().toISOString());
      const run = await Run.open(this.#parts, record);
      await run.save({ oldKeySince: run.target && (run.target.rotatedAt ?? run.target.createdAt) });
      this.#go(run, release, () => advance(run));
      return run.record;
    } catch (error) {
      await release();
      if (plan.target.id !== null) await this.#watches.takeUp(plan.target.id);
      throw error;
    }
  }

  /**
   * Goes on with a rotation that waits, or tries the sites again that are left to do.
   * @throws {RotationError} `rotation-not-resumable`, `rotation-superseded`, `rotation-running`.
   */
  async resume(id: string): Promise<Rotation> {
    const known = await this.get(id);
    const goesOn = this.#active.has(id) && !this.#runs.get(id)?.waits;
    if (known.waiting === null && known.step !== 'ended' && goesOn) return known;
    // One that has just begun to wait, or just ended, may not have let go yet.
    await this.#active.get(id);
    const release = await this.#lock(lockIdOf(known), known.target.id);
    try {
      // Read under the lock: whoever held it may have taken the rotation to its end.
      const rotation = await this.get(id);
      if (rotation.step === 'ended' && (known.step !== 'ended' || known.outcome !== rotation.outcome)) {
        await release();
        await this.#watches.takeUp(known.target.id);
        return rotation;
      }
      if (rotation.step === 'ended') await this.#checkRetry(rotation);
      const run = this.#runs.get(id) ?? (await Run.open(this.#parts, rotation));
      if (rotation.waiting) await run.save({ waiting: null });
      this.#go(run, release, () => (rotation.step === 'ended' ? retrySites(run) : advance(run)));
      return run.record;
    } catch (error) {
      await release();
      await this.#watches.takeUp(known.target.id);
      throw error;
    }
  }

  /**
   * Takes the key that the person made by hand, and goes on with it.
   * @throws {RotationError} `not-offered`, `rotation-running`, and as {@link adopt}: nothing was changed then.
   */
  async adopt(id: string, pasted: PastedKey, evenIfRefused: boolean): Promise<Rotation> {
    return this.#take(id, offering('paste-key'), async (run, release) => {
      await adopt(run, pasted, evenIfRefused);
      this.#go(run, release, () => advance(run));
    });
  }

  /** The new key of a rotation that neither disk nor keychain takes. @throws {RotationError} `not-offered`. */
  async newKeyInMemory(id: string): Promise<Secret> {
    const run = this.#runs.get(id);
    const reading = run?.answer ? run.provider.readRotation(run.subject, run.answer, run.attempt, []) : null;
    if (reading?.outcome === 'rotated' && reading.key.fingerprint !== run?.record.oldFingerprint) return reading.key;
    throw new RotationError(
      'not-offered',
      'Rekey does not have the new key of this rotation in its memory. Nothing was copied.',
      'Unlock the keychain and go on with the rotation; then copy the key from the list of keys.',
    );
  }

  /** Ends a rotation that waits. @throws {RotationError} `not-offered`, `rotation-running`, and as {@link giveUp}. */
  giveUp(id: string): Promise<Rotation> {
    return this.#take(id, offering('give-up'), async (run, release) => {
      await giveUp(run);
      this.#forget(id);
      await release();
      await this.#watches.takeUp(run.record.target.id);
    });
  }

  /** @throws {RotationError} `not-offered`, `rotation-running`, and as {@link revokeNow}. */
  revokeOld(id: string, skipLeft: boolean): Promise<Rotation> {
    return this.#take(id, offering('revoke'), async (run, release) => {
      await revokeNow(run, skipLeft);
      this.#revocations.begin(run.record);
      await release();
      await this.#watches.takeUp(run.record.target.id);
    });
  }

  /**
   * Quits a host that still runs with the old key, and starts it again.
   * @throws {RotationError} `rotation-superseded`, `rotation-running`, and as {@link restartNow}.
   */
  restartHost(id: string, hostId: string): Promise<Rotation> {
    return this.#take(
      id,
      (rotation) => this.#checkCurrent(rotation),
      async (run, release) => {
        await restartNow(run, hostId);
        await release();
        await this.#watches.takeUp(run.record.target.id);
      },
    );
  }

  /** After a start of the app, or when the keychain is open again: ends what had not begun, goes on with what had. */
  async recover(): Promise<void> {
    for (const found of await this.list()) {
      const rotation = await this.#withHostsUp(found);
      if (rotation.step === 'ended') {
        if (!rotation.tidy) await tidyLeft(this.#parts, rotation).catch(() => {});
        await this.#watches.begin(rotation);
        this.#revocations.begin(rotation);
        continue;
      }
      if (this.#active.has(rotation.id)) continue;
      const begun = rotation.step !== 'confirmed' && rotation.step !== 'preflighted';
      // Whatever keeps one of them from going on (a locked index, another process) keeps neither the others nor the app.
      if (begun)
        await this.resume(rotation.id).catch((error: unknown) =>
          this.#retries.later(rotation.id, pauseAfter(error) ?? this.#parts.delays.retry),
        );
      else await this.#endInterrupted(rotation).catch(() => {});
    }
  }

  /** True while ending the app could lose something: an answer is awaited, or is in memory only. */
  busy(): boolean {
    return [...this.#runs.values()].some((run) => run.awaitsAnswer || (run.answer !== null && !run.answerOnDisk));
  }

  /** Rotations that have not ended, of this process and of earlier ones. */
  async unfinished(): Promise<Rotation[]> {
    return (await this.list()).filter(({ step }) => step !== 'ended');
  }

  /**
   * The credential is about to be removed: its files are left alone from here on.
   * @throws {RotationError} `rotation-running`, `old-key-alive`: nobody would end that, or see to the old key, any more.
   */
  async release({ id }: Credential): Promise<void> {
    refuseToForget(await this.list(), id);
    await this.#watches.stopFor(id);
  }

  /** Waits until no rotation takes a step any more; those that wait for something are left as they are. */
  async close(): Promise<void> {
    this.#retries.close();
    await this.#watches.close();
    await this.#revocations.close();
    await Promise.allSettled(this.#active.values());
  }

  #go(run: Run, release: () => Promise<void>, work: () => Promise<void>): void {
    const { id } = run.record;
    this.#runs.set(id, run);
    const done = work()
      .catch((error: unknown) => run.wait('person', errorView(error)))
      .catch(() => {})
      .finally(async () => {
        await release();
        this.#active.delete(id);
        if (run.record.step === 'ended') {
          this.#forget(id);
          await supersede(this.#parts, run.record).catch(() => {});
          await prune(this.#parts).catch(() => {});
          await this.#watches.begin(run.record);
          this.#revocations.begin(run.record);
          await this.#watches.takeUp(run.record.target.id);
        }
        if (run.record.waiting?.on === 'service') this.#retries.later(id, this.#parts.delays.retry);
      });
    this.#active.set(id, done);
  }

  /** Starts the hosts that were quit after its end, when Rekey was ended in between. @returns the rotation as it is then. */
  async #withHostsUp(rotation: Rotation): Promise<Rotation> {
    if (rotation.step !== 'ended' || down(rotation).length === 0) return rotation;
    const work = async (run: Run, release: () => Promise<void>): Promise<void> => {
      await startAgain(run);
      await release();
    };
    return this.#take(rotation.id, async () => {}, work).catch(() => rotation);
  }

  /**
   * Does what the person has chosen, under the lock; `work` releases it when it is done.
   * @param check throws where that can't be chosen, of the rotation as it stands under the lock.
   */
  async #take(
    id: string,
    check: (rotation: Rotation) => Promise<void>,
    work: (run: Run, release: () => Promise<void>) => Promise<void>,
  ): Promise<Rotation> {
    await this.#active.get(id);
    const known = await this.get(id);
    const release = await this.#lock(lockIdOf(known), known.target.id);
    try {
      const rotation = await this.get(id);
      await check(rotation);
      const run = this.#runs.get(id) ?? (await Run.open(this.#parts, rotation));
      await work(run, release);
      return run.record;
    } catch (error) {
      await release();
      await this.#watches.takeUp(known.target.id);
      throw error;
    }
  }

  /** Sites are tried once more only when some are left, and only while the key that this rotation made is the current one. */
  async #checkRetry(rotation: Rotation): Promise<void> {
    if (rotation.outcome !== 'done-in-part') {
      throw new RotationError(
        'rotation-not-resumable',
        'This rotation has ended; there is nothing left to do.',
        'Rotate again if another new key is wanted.',
      );
    }
    await this.#checkCurrent(rotation);
  }

  async #checkCurrent(rotation: Rotation): Promise<void> {
    if (rotation.step === 'ended' && (await isCurrent(this.#parts.credentials, rotation))) return;
    throw new RotationError(
      'rotation-superseded',
      'The key was rotated again since; this rotation has nothing left to put in place.',
      'Go on with the newer rotation.',
    );
  }

  /** Takes the lock, with no watch's last look in the way. The watch goes on when nothing comes of it. */
  async #lock(credentialId: string, targetId: string | null): Promise<() => Promise<void>> {
    if (targetId !== null) await this.#watches.stopFor(targetId);
    try {
      return await lockCredential(this.#lockFolder, credentialId);
    } catch (error) {
      if (targetId !== null) await this.#watches.takeUp(targetId);
      throw error;
    }
  }

  async #endInterrupted(rotation: Rotation): Promise<void> {
    const run = await Run.open(this.#parts, rotation);
    const problem = new RotationError(
      'interrupted',
      'Rekey was ended before anything was sent. Nothing was changed.',
      'Rotate again.',
    );
    await clearFiles(run);
    await run.end('stopped', problem.view);
  }

  #forget(id: string): void {
    this.#runs.delete(id);
    this.#retries.forget(id);
  }
}

/** The lock of a process that was killed goes stale soon, and until then the old key may be dead in every file. */
function pauseAfter(error: unknown): number | undefined {
  return error instanceof RotationError && error.code === 'rotation-running' ? LOCK_RETRY_MS : undefined;
}

/** Of {@link Rotation.offers}. */
function offering(offer: Offer): (rotation: Rotation) => Promise<void> {
  return async (rotation) => {
    if (!rotation.offers.includes(offer)) throw notOffered(rotation);
  };
}

function notOffered({ target }: Rotation): RotationError {
  return new RotationError(
    'not-offered',
    `That can’t be done with this rotation of “${target.name}” as it stands now. Nothing was changed.`,
    'Look at how it stands, and choose again.',
  );
}
