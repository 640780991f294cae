import { z } from 'zod';
import { ErrorViewSchema } from '../errors.schema.ts';
import { PlanSchema } from '../rotation/plan.schema.ts';

/** Who asks for a rotation. What an agent or a program says of itself is just that, and shown as such. */
export const RequesterSchema = z.object({
  via: z.enum(['tray', 'page', 'command-line', 'agent']),
  /** Name of the program that holds the connection, as far as it can be seen. */
  program: z.string().nullable(),
  pid: z.number().int().nullable(),
  /** MCP `clientInfo`. */
  client: z.object({ name: z.string(), version: z.string() }).nullable(),
});
export type Requester = z.infer<typeof RequesterSchema>;

/** How a person confirmed. `script` is `--confirm rotate-now` without a person, which the settings can switch off. */
export const ApproverSchema = z.enum(['confirmation-window', 'page', 'terminal', 'script']);
export type Approver = z.infer<typeof ApproverSchema>;

/** `failed`: it was approved, and the rotation could not begin. */
export const ApprovalStateSchema = z.enum(['waiting', 'approved', 'denied', 'expired', 'withdrawn', 'failed']);
export type ApprovalState = z.infer<typeof ApprovalStateSchema>;

export const ApprovalSchema = z.object({
  id: z.string(),
  /** Those that were asked for together have the same. */
  batch: z.uuid().nullable(),
  requester: RequesterSchema,
  plan: PlanSchema,
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  state: ApprovalStateSchema,
  decidedBy: ApproverSchema.nullable(),
  decidedAt: z.iso.datetime().nullable(),
  /** The person ticked "also give the key to <client>". */
  giveKeyToClient: z.boolean(),
  /** Ids of the hosts that the person let Rekey quit and start again. */
  restartHosts: z.array(z.string()),
  /** For how long the old key is to work on; null where the plan offers no choice. */
  graceMinutes: z.number().int().nonnegative().nullable(),
  /** The rotation that came of it, once approved. */
  rotationId: z.string().nullable(),
  /** Why the rotation could not begin, or to what the request gave way. */
  problem: ErrorViewSchema.nullable(),
});
export type Approval = z.infer<typeof ApprovalSchema>;
