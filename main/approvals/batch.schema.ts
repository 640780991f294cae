import { z } from 'zod';
import { ErrorViewSchema } from '../errors.schema.ts';
import type { Plan } from '../rotation/plan.schema.ts';
import { type Approval, ApprovalSchema } from './approval.schema.ts';

/** Most credentials that are rotated together. */
export const LARGEST_BATCH = 100;

/** A credential that is left out, and why. */
export const RefusedSchema = z.object({
  /** Its name. */
  credential: z.string(),
  problem: ErrorViewSchema,
});
export type Refused = z.infer<typeof RefusedSchema>;

/** Rotations that were asked for together, and wait for one confirmation. */
export const BatchSchema = z.object({
  batch: z.uuid(),
  /** In the order in which they were asked for. */
  approvals: z.array(ApprovalSchema),
  refused: z.array(RefusedSchema),
});
export type Batch = z.infer<typeof BatchSchema>;

/** What came of one confirmation of several. */
export const ApprovedBatchSchema = z.object({
  /** All of the batch: those that rotate now, and those that the person left out, which are denied. */
  approvals: z.array(ApprovalSchema),
  /** Those of them that could not begin. */
  failed: z.array(z.object({ id: z.string(), credential: z.string(), problem: ErrorViewSchema })),
});
export type ApprovedBatch = z.infer<typeof ApprovedBatchSchema>;

/** One thing for the person to decide: a request, or all requests of a batch. */
export type Question = readonly [Approval, ...Approval[]];

/** Requests that wait, as the person is asked. Pure. */
export function questionsOf(approvals: readonly Approval[]): readonly Question[] {
  const waiting = approvals.filter(({ state }) => state === 'waiting');
  const byBatch = Map.groupBy(waiting, ({ batch, id }) => batch ?? id);
  return [...byBatch.values()].flatMap(([first, ...others]) => (first ? [[first, ...others] as const] : []));
}

/**
 * Ids of the hosts in whose files several of these keys stand. Their rotations end at different times, and a host that
 * the first of them starts again would read the old keys of the others: so none of them restarts it. Pure.
 */
export function hostsOfSeveral(plans: readonly Pick<Plan, 'hosts'>[]): ReadonlySet<string> {
  const ids = plans.flatMap(({ hosts }) => hosts.map(({ id }) => id));
  return new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
}
