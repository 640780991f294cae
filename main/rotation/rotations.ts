import type { Approval } from '../approvals/approval.schema.ts';
import type { Credential } from '../credentials/credential.schema.ts';
import type { Secret } from '../credentials/secret.ts';
import { adopt, type PastedKey } from './adopt.ts';
import { advance } from './advance.ts';
import { tidyLeft } from './after-end.ts';
import { clearFiles } from './clear-files.ts';
import { isCurrent, lockIdOf } from './credential-lock.ts';
import { RotationError } from './errors.ts';
import { giveUp } from './give-up.ts';
import { newRecord } from './new-record.ts';
import type { RotationParts } from './parts.ts';
import type { Plan } from './plan.schema.ts';
import { type Ask, planFor } from './planning.ts';
import { restartNow, startAgain } from './restart-now.ts';
import { quitByUs } from './restarts.ts';
import { revokeNow } from './revoke.ts';
import type { Offer, Rotation } from './rotation.schema.ts';
import { Run } from './run.ts';
import { RunningRotations } from './running-rotations.ts';
import { refuseSecond, refuseToForget } from './second-rotation.ts';
import { retrySites } from './steps/patch.ts';

/** Pause before a rotation is taken up again whose lock is taken. */
const LOCK_RETRY_MS = 1_000;

/** All rotations of this machine: starts them, takes them up again, one per credential at a time over all processes. */
export class Rotations {
  readonly #parts: RotationParts;
  readonly #running: RunningRotations;

  constructor(parts: RotationParts, lockFolder: string) {
    this.#parts = parts;
    this.#running = new RunningRotations(parts, lockFolder, (id) => this.resume(id));
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
  get(id: string): Promise<Rotation> {
    return this.#running.get(id);
  }

  /**
   * Starts the rotation that a person has just approved, and returns once it stands in the journal.
   * @throws {RotationError} `rotation-running` when another one has begun meanwhile.
   */
  async start(approval: Approval): Promise<Rotation> {
    const { plan } = approval;
    const release = await this.#running.lock(plan.target.id ?? plan.credential.id, plan.target.id);
    try {
      refuseSecond(await this.list(), plan);
      const record = newRecord(approval, this.#parts.now().toISOString());
      const run = await Run.open(this.#parts, record);
      await run.save({ oldKeySince: run.target && (run.target.rotatedAt ?? run.target.createdAt) });
      this.#running.go(run, release, () => advance(run));
      return run.record;
    } catch (error) {
      await this.#running.letGo(release, plan.target.id);
      throw error;
    }
  }

  /**
   * Goes on with a rotation that waits, or tries the sites again that are left to do, or starts the hosts again that were
   * quit.
   * @throws {RotationError} `rotation-not-resumable`, `rotation-superseded`, `rotation-running`.
   */
  async resume(id: string): Promise<Rotation> {
    const known = await this.get(id);
    const goesOn = this.#running.isActive(id) && !this.#running.run(id)?.waits;
    if (known.waiting === null && known.step !== 'ended' && goesOn) return known;
    // One that has just begun to wait, or just ended, may not have let go yet.
    await this.#running.stopped(id);
    const release = await this.#running.lock(lockIdOf(known), known.target.id);
    try {
      // Read under the lock: whoever held it may have taken the rotation to its end.
      const rotation = await this.get(id);
      if (rotation.step === 'ended' && (known.step !== 'ended' || known.outcome !== rotation.outcome)) {
        await this.#running.letGo(release, known.target.id);
        return rotation;
      }
      const isToStart = rotation.step === 'ended' && quitByUs(rotation).length > 0;
      if (rotation.step === 'ended' && !isToStart) await this.#checkRetry(rotation);
      const run = await this.#running.open(rotation);
      if (rotation.waiting) await run.save({ waiting: null });
      // What can't be started now is tried again later.
      const toStart = () => startAgain(run).catch(() => {});
      const work = rotation.step !== 'ended' ? () => advance(run) : isToStart ? toStart : () => retrySites(run);
      this.#running.go(run, release, work);
      return run.record;
    } catch (error) {
      await this.#running.letGo(release, known.target.id);
      throw error;
    }
  }

  /**
   * Takes the key that the person made by hand, and goes on with it.
   * @throws {RotationError} `not-offered`, `rotation-running`, and as {@link adopt}: nothing was changed then.
   */
  async adopt(id: string, pasted: PastedKey, evenIfRefused: boolean): Promise<Rotation> {
    return this.#running.take(id, offering('paste-key'), async (run, release) => {
      await adopt(run, pasted, evenIfRefused);
      this.#running.go(run, release, () => advance(run));
    });
  }

  /** The new key of a rotation that neither disk nor keychain takes. @throws {RotationError} `not-offered`. */
  async newKeyInMemory(id: string): Promise<Secret> {
    const run = this.#running.run(id);
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
    return this.#running.take(id, offering('give-up'), async (run, release) => {
      await giveUp(run);
      this.#running.forget(id);
      await this.#running.letGo(release, run.record.target.id);
    });
  }

  /** @throws {RotationError} `not-offered`, `rotation-running`, and as {@link revokeNow}. */
  revokeOld(id: string, skipLeft: boolean): Promise<Rotation> {
    return this.#running.take(id, offering('revoke'), async (run, release) => {
      await revokeNow(run, skipLeft);
      this.#running.revocations.begin(run.record);
      await this.#running.letGo(release, run.record.target.id);
    });
  }

  /**
   * Quits a host that still runs with the old key, and starts it again.
   * @throws {RotationError} `rotation-superseded`, `rotation-running`, and as {@link restartNow}.
   */
  restartHost(id: string, hostId: string): Promise<Rotation> {
    const check = (rotation: Rotation) => this.#checkCurrent(rotation);
    return this.#running.take(id, check, async (run, release) => {
      await restartNow(run, hostId);
      await this.#running.letGo(release, run.record.target.id);
    });
  }

  /** After a start of the app, or when the keychain is open again: ends what had not begun, goes on with what had. */
  async recover(): Promise<void> {
    for (const rotation of await this.list()) {
      if (rotation.step === 'ended' && quitByUs(rotation).length === 0) {
        if (!rotation.tidy) await tidyLeft(this.#parts, rotation).catch(() => {});
        await this.#running.watches.begin(rotation);
        this.#running.revocations.begin(rotation);
        continue;
      }
      if (this.#running.isActive(rotation.id)) continue;
      const begun = rotation.step !== 'confirmed' && rotation.step !== 'preflighted';
      // Whatever keeps one of them from going on (a locked index, another process) keeps neither the others nor the app.
      if (begun)
        await this.resume(rotation.id).catch((error: unknown) =>
          this.#running.retries.later(rotation.id, pauseAfter(error) ?? this.#parts.delays.retry),
        );
      else await this.#endInterrupted(rotation).catch(() => {});
    }
  }

  /** True while ending the app could lose something: an answer is awaited, or is in memory only. */
  busy(): boolean {
    return this.#running.busy();
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
    await this.#running.watches.stopFor(id);
  }

  /** Waits until no rotation takes a step any more; those that wait for something are left as they are. */
  close(): Promise<void> {
    return this.#running.close();
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
