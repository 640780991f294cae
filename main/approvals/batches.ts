import { randomUUID } from 'node:crypto';
import { type ErrorView, errorView } from '../errors.ts';
import type { Plan } from '../rotation/plan.schema.ts';
import type { Approval, Approver, Requester } from './approval.schema.ts';
import type { Approvals, Choices } from './approvals.ts';
import { type ApprovedBatch, type Batch, hostsOfSeveral, type Refused } from './batch.schema.ts';
import { ApprovalError, restartRefused, unknownApproval } from './errors.ts';

/** One credential of those that are to be rotated together: what would be done with it, or why nothing can be. */
export type Look =
  | { readonly credential: string; readonly plan: Plan }
  | { readonly credential: string; readonly problem: ErrorView };

/** The person's yes to one of a batch. */
export interface Chosen extends Omit<Choices, 'giveKeyToClient'> {
  readonly id: string;
  readonly planHash: string;
}

/** Rotations that are put before a person as one question, each with a request of its own. In memory only. */
export class Batches {
  readonly #approvals: Approvals;
  readonly #refused = new Map<string, readonly Refused[]>();

  constructor(approvals: Approvals) {
    this.#approvals = approvals;
  }

  /**
   * Asks for all that can be rotated now.
   * @throws {ApprovalError} `batch-empty` when none can, with all reasons.
   */
  ask(looks: readonly Look[], requester: Requester): Batch {
    const batch = randomUUID();
    const size = looks.filter((look) => 'plan' in look).length;
    const refused: Refused[] = [];
    for (const look of looks) {
      try {
        if ('plan' in look) this.#approvals.ask(look.plan, requester, { batch, size });
        else refused.push(look);
      } catch (error) {
        refused.push({ credential: look.credential, problem: errorView(error) });
      }
    }
    if (refused.length === looks.length) throw noneLeft(refused);
    this.#forgetOld();
    this.#refused.set(batch, refused);
    return this.get(batch);
  }

  /** @throws {ApprovalError} `batch-unknown`. */
  get(batch: string): Batch {
    const approvals = this.#of(batch);
    if (approvals.length > 0) return { batch, approvals, refused: [...(this.#refused.get(batch) ?? [])] };
    throw new ApprovalError(
      'batch-unknown',
      'There are no such requests. Nothing was changed.',
      'Ask for the rotations again.',
    );
  }

  /**
   * The person said yes to these, and so no to the others. Each begins for itself: one that can't is told of, and keeps
   * no other from beginning. One after the other, so that none meets another in that moment; then they run side by side.
   *
   * @param begin begins the rotation of an approved request.
   * @throws {ApprovalError} `batch-unknown`, `approval-unknown` for one of another batch: nothing was decided then.
   */
  async approve(
    batch: string,
    chosen: readonly Chosen[],
    by: Approver,
    begin: (approval: Approval) => Promise<unknown>,
  ): Promise<ApprovedBatch> {
    const asked = this.get(batch).approvals;
    const wanted = new Set(chosen.map(({ id }) => id));
    if (asked.filter(({ id }) => wanted.has(id)).length < wanted.size) throw unknownApproval();
    for (const { id, state } of asked) {
      if (state === 'waiting' && !wanted.has(id)) this.#approvals.deny(id, by);
    }
    const shared = hostsOfSeveral(asked.filter(({ id }) => wanted.has(id)).map(({ plan }) => plan));
    const failed: ApprovedBatch['failed'] = [];
    for (const { id, planHash, ...choices } of chosen) {
      try {
        if (choices.restartHosts?.some((host) => shared.has(host))) throw restartRefused();
        await begin(this.#approvals.approve(id, planHash, by, choices));
      } catch (error) {
        failed.push({ id, credential: this.#approvals.get(id).plan.target.name, problem: errorView(error) });
      }
    }
    return { approvals: this.get(batch).approvals, failed };
  }

  /** In the order in which they were asked for. */
  #of(batch: string): Batch['approvals'] {
    return this.#approvals
      .list()
      .filter((approval) => approval.batch === batch)
      .reverse();
  }

  /** Those whose requests are forgotten. */
  #forgetOld(): void {
    for (const batch of this.#refused.keys()) if (this.#of(batch).length === 0) this.#refused.delete(batch);
  }
}

/** Each reason with the names that it holds for. */
function noneLeft(refused: readonly Refused[]): ApprovalError {
  const byReason = Map.groupBy(refused, ({ problem }) => `${problem.message} ${problem.wayOut}`);
  const reasons = [...byReason].map(
    ([reason, all]) => `${all.map(({ credential }) => `“${credential}”`).join(', ')}: ${reason}`,
  );
  return new ApprovalError(
    'batch-empty',
    `None of these keys can be rotated now. ${reasons.join(' ')}`,
    'See to that, then ask again.',
  );
}
