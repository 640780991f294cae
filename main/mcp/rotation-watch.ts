import type { RekeyApi } from '../../preload/contract.ts';
import type { Approval } from '../approvals/approval.schema.ts';
import { RekeyError } from '../errors.ts';
import type { Rotation } from '../rotation/rotation.schema.ts';
import { whyNone } from './not-approved.ts';

/** From an approval to its rotation: the journal's first entry is written in between. */
const START_LIMIT_MS = 15_000;

export class RotationWatchError extends RekeyError<'not-started'> {}

/**
 * Follows one request for a rotation, from the question to the end, by the core's events.
 *
 * Made *before* the request, so that nothing between its answer and the first look is missed.
 */
export class RotationWatch {
  readonly #approvals = new Map<string, Approval>();
  readonly #rotations = new Map<string, Rotation>();
  readonly #listeners = new Set<() => void>();
  readonly #stopListening: () => void;
  readonly #startLimitMs: number;

  constructor(api: Pick<RekeyApi, 'on'>, startLimitMs: number = START_LIMIT_MS) {
    this.#startLimitMs = startLimitMs;
    this.#stopListening = api.on((event) => {
      if (event.name === 'approval') this.#approvals.set(event.payload.id, event.payload);
      else if (event.name === 'rotation') this.#rotations.set(event.payload.id, event.payload);
      else return;
      for (const look of this.#listeners) look();
    });
  }

  /** The approval once it waits no more. Rejects with the signal's reason when that is aborted first. */
  decision(asked: Approval, signal: AbortSignal): Promise<Approval> {
    return this.#until(() => {
      const now = this.#approvals.get(asked.id) ?? asked;
      return now.state === 'waiting' ? null : now;
    }, signal);
  }

  /**
   * The id of the rotation that comes of an approval.
   * @throws {NotStarted} when it can't begin, {RotationWatchError} when nothing is heard of it for some seconds.
   */
  async rotationOf(approved: Approval, signal: AbortSignal): Promise<string> {
    const tooLate = AbortSignal.timeout(this.#startLimitMs);
    try {
      return await this.#until(
        () => {
          const now = this.#approvals.get(approved.id) ?? approved;
          const none = whyNone(now);
          if (none) throw none;
          return now.rotationId ?? approved.rotationId;
        },
        AbortSignal.any([signal, tooLate]),
      );
    } catch (error) {
      if (signal.aborted || !tooLate.aborted) throw error;
      throw new RotationWatchError(
        'not-started',
        'The rotation was confirmed, but it did not begin.',
        'Look at Activity in Rekey for the reason, then ask again.',
      );
    }
  }

  /**
   * The rotation at its end, or where it stands still because something or somebody is needed.
   *
   * @param first the rotation as it was when it was last asked for.
   * @param onChange told of each new state, the last one included.
   * @param stepsBefore steps of its history that don't count as its end: those from before it was taken up again.
   */
  end(
    first: Rotation,
    signal: AbortSignal,
    onChange: (rotation: Rotation) => void = () => {},
    stepsBefore = 0,
  ): Promise<Rotation> {
    let told: Rotation | null = null;
    return this.#until(() => {
      const seen = this.#rotations.get(first.id);
      const now = seen && seen.updatedAt >= first.updatedAt ? seen : first;
      if (now !== told) onChange(now);
      told = now;
      return (now.step === 'ended' && now.history.length > stepsBefore) || now.waiting ? now : null;
    }, signal);
  }

  close(): void {
    this.#stopListening();
    this.#listeners.clear();
  }

  /** The first answer of `look` that isn't null, tried now and after each event. */
  #until<T>(look: () => T | null, signal: AbortSignal): Promise<T> {
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        this.#listeners.delete(tryIt);
        signal.removeEventListener('abort', onAbort);
      };
      const onAbort = (): void => {
        stop();
        reject(signal.reason);
      };
      const tryIt = (): void => {
        try {
          const found = look();
          if (found === null) return;
          resolve(found);
        } catch (error) {
          reject(error);
        }
        stop();
      };
      if (signal.aborted) return onAbort();
      signal.addEventListener('abort', onAbort, { once: true });
      this.#listeners.add(tryIt);
      tryIt();
    });
  }
}
