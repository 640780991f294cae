import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Approval } from '../approvals/approval.schema.ts';
import type { Credential } from '../credentials/credential.schema.ts';
import { errorView } from '../errors.ts';
import { acquireDirectoryLock, StorageError } from '../storage/directory-lock.ts';
import { advance } from './advance.ts';
import { RotationError } from './errors.ts';
import type { Plan } from './plan.schema.ts';
import { planFor } from './planning.ts';
import type { Rotation } from './rotation.schema.ts';
import { type RotationParts, Run } from './run.ts';
import { retrySites } from './steps/patch.ts';

/** Pauses between two tries at a service that can't be asked, in milliseconds: doubling up to the last. */
const FIRST_RETRY_MS = 15_000;
const LAST_RETRY_MS = 15 * 60_000;
/** A rotation that has just ended still holds its lock for a moment. */
const LOCK_WAIT_MS = 1_000;
/** A lock of a process that was killed is taken over after this time. */
const STALE_LOCK_MS = 10_000;

/** All rotations of this machine: starts them, takes them up again, one per credential at a time over all processes. */
export class Rotations {
  readonly #parts: RotationParts;
  readonly #lockFolder: string;
  readonly #runs = new Map<string, Run>();
  readonly #active = new Map<string, Promise<void>>();
  readonly #retries = new Map<string, { timer: NodeJS.Timeout; pause: number }>();
  #closed = false;

  constructor(parts: RotationParts, lockFolder: string) {
    this.#parts = parts;
    this.#lockFolder = lockFolder;
  }

  /** What a rotation of this credential would do. @throws {RotationError} `rotation-running`. */
  async plan(credential: Credential, agentId: string | null): Promise<Plan> {
    const { plan } = await planFor(this.#parts, credential, agentId);
    await this.#refuseSecond(plan);
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
    const { plan, requester, decidedBy } = approval;
    if (!decidedBy) throw new Error('a rotation is started without an approval');
    const credential = await this.#parts.credentials.find(plan.credential.id);
    const release = await this.#lock(plan.credential.id);
    try {
      await this.#refuseSecond(plan);
      const at = this.#parts.now().toISOString();
      const record: Rotation = {
        version: 1,
        id: randomUUID(),
        credential: plan.credential,
        target: { id: plan.target.id ?? randomUUID(), name: plan.target.name, isNew: plan.target.id === null },
        provider: plan.provider,
        strategy: plan.strategy,
        agentId: plan.agentId,
        requester,
        approver: decidedBy,
        planHash: plan.hash,
        oldFingerprint: plan.oldFingerprint,
        newFingerprint: null,
        newCompanions: [],
        step: 'confirmed',
        history: [{ step: 'confirmed', at, note: null }],
        outcome: null,
        waiting: null,
        problem: null,
        sites: plan.sites.map((site) => ({ site, state: 'pending', problem: null })),
        findings: plan.findings,
        restarts: [],
        cooldown: null,
        unverified: null,
        startedAt: at,
        updatedAt: at,
      };
      const run = new Run(this.#parts, record, credential);
      await run.save({});
      this.#go(run, release, () => advance(run));
      return run.record;
    } catch (error) {
      await release();
      throw error;
    }
  }

  /**
   * Goes on with a rotation that waits, or tries the sites again that are left to do.
   * @throws {RotationError} `rotation-not-resumable`, `rotation-superseded`, `rotation-running`.
   */
  async resume(id: string): Promise<Rotation> {
    const known = await this.get(id);
    if (known.waiting === null && this.#active.has(id)) return known;
    // One that has just begun to wait may not have let go yet.
    await this.#active.get(id);
    const release = await this.#lock(known.credential.id);
    try {
      // Read under the lock: whoever held it may have taken the rotation to its end.
      const rotation = await this.get(id);
      if (rotation.step === 'ended' && known.step !== 'ended') {
        await release();
        return rotation;
      }
      if (rotation.step === 'ended') await this.#checkRetry(rotation);
      const run =
        this.#runs.get(id) ??
        new Run(this.#parts, rotation, await this.#parts.credentials.find(rotation.credential.id));
      this.#go(run, release, () => (rotation.step === 'ended' ? retrySites(run) : advance(run)));
      return run.record;
    } catch (error) {
      await release();
      throw error;
    }
  }

  /** After a start of the app, or when the keychain is open again: ends what had not begun, goes on with what had. */
  async recover(): Promise<void> {
    for (const rotation of await this.list()) {
      if (rotation.step === 'ended' || this.#active.has(rotation.id)) continue;
      const begun = rotation.step !== 'confirmed' && rotation.step !== 'preflighted';
      // Whatever keeps one of them from going on (a locked index, another process) keeps neither the others nor the app.
      if (begun) await this.resume(rotation.id).catch(() => this.#retryLater(rotation.id));
      else await this.#endInterrupted(rotation).catch(() => {});
    }
  }

  /** True while ending the app could lose something: an answer is awaited, or is in memory only. */
  busy(): boolean {
    return (
      [...this.#runs.values()].some((run) => run.record.step === 'requested' && this.#active.has(run.record.id)) ||
      [...this.#runs.values()].some((run) => run.answer !== null && !run.answerOnDisk)
    );
  }

  /** Rotations that have not ended, of this process and of earlier ones. */
  async unfinished(): Promise<Rotation[]> {
    return (await this.list()).filter(({ step }) => step !== 'ended');
  }

  /** Waits until no rotation takes a step any more; those that wait for something are left as they are. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { timer } of this.#retries.values()) clearTimeout(timer);
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
        if (run.record.step === 'ended') this.#forget(id);
        else if (run.record.waiting?.on === 'service') this.#retryLater(id);
      });
    this.#active.set(id, done);
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
    const current = await this.#parts.credentials.find(rotation.target.id);
    if (current.fingerprint === rotation.newFingerprint) return;
    throw new RotationError(
      'rotation-superseded',
      'The key was rotated again since; this rotation has nothing left to put in place.',
      'Go on with the newer rotation.',
    );
  }

  /** A second rotation of the same key, in this process or an unfinished one of the journal, is refused. */
  async #refuseSecond(plan: Plan): Promise<void> {
    const ids = [plan.credential.id, plan.target.id].filter((id) => id !== null);
    const other = (await this.unfinished()).find(
      (rotation) => ids.includes(rotation.target.id) || ids.includes(rotation.credential.id),
    );
    if (!other) return;
    throw new RotationError(
      'rotation-running',
      `A rotation of “${other.target.name}” has not ended yet. Nothing was changed.`,
      other.waiting ? `It waits: ${other.waiting.problem.wayOut}` : 'Wait until it is done.',
    );
  }

  async #lock(credentialId: string): Promise<() => Promise<void>> {
    try {
      return await acquireDirectoryLock(join(this.#lockFolder, credentialId), {
        waitMs: LOCK_WAIT_MS,
        staleMs: STALE_LOCK_MS,
      });
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      throw new RotationError(
        'rotation-running',
        'Another process is rotating this key just now. Nothing was changed.',
        'Wait until it is done.',
      );
    }
  }

  async #endInterrupted(rotation: Rotation): Promise<void> {
    const run = new Run(this.#parts, rotation, await this.#parts.credentials.find(rotation.credential.id));
    const problem = new RotationError(
      'interrupted',
      'Rekey was ended before anything was sent. Nothing was changed.',
      'Rotate again.',
    );
    await run.end('stopped', problem.view);
    await this.#parts.receipts.discard(rotation.id).catch(() => {});
  }

  #retryLater(id: string): void {
    if (this.#closed) return;
    const pause = Math.min((this.#retries.get(id)?.pause ?? FIRST_RETRY_MS / 2) * 2, LAST_RETRY_MS);
    const timer = setTimeout(() => void this.resume(id).catch(() => this.#retryLater(id)), pause);
    timer.unref();
    this.#retries.set(id, { timer, pause });
  }

  #forget(id: string): void {
    this.#runs.delete(id);
    clearTimeout(this.#retries.get(id)?.timer);
    this.#retries.delete(id);
  }
}
