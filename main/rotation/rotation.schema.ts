import { z } from 'zod';
import { ApproverSchema, RequesterSchema } from '../approvals/approval.schema.ts';
import { CooldownSchema } from '../credentials/credential.schema.ts';
import { ErrorViewSchema } from '../errors.schema.ts';
import { StrategySchema } from '../providers/provider.schema.ts';
import { FindingSchema, PlannedSiteSchema } from './plan.schema.ts';

/**
 * How far a rotation has come: what is *known to be done* and on disk. The next thing to do follows from it, in a first
 * run and after a crash alike.
 *
 * `confirmed` a person agreed · `preflighted` all that can fail beforehand was tried · `requested` written just before
 * the one request: from here on the service may have rotated · `answered` the raw answer lies sealed on disk ·
 * `staged` the new key is in the keychain as pending and was read back · `verified` the service was asked about it ·
 * `promoted` it is the credential's current key, the old one kept as previous · `patched` every site was tried ·
 * `ended` see `outcome`.
 */
export const StepSchema = z.enum([
  'confirmed',
  'preflighted',
  'requested',
  'answered',
  'staged',
  'verified',
  'promoted',
  'patched',
  'ended',
]);
export type Step = z.infer<typeof StepSchema>;

/**
 * `done` · `done-in-part` some sites are left to do · `stopped` before the request, nothing changed · `declined` the
 * service said no, nothing changed · `unchanged` there was doubt, and the old key still works · `lost` the service
 * rotated and kept the new key: the person must make one by hand.
 */
export const OutcomeSchema = z.enum(['done', 'done-in-part', 'stopped', 'declined', 'unchanged', 'lost']);
export type Outcome = z.infer<typeof OutcomeSchema>;

export const SiteResultSchema = z.object({
  site: PlannedSiteSchema,
  /** `put-back`: a host wrote the old key again, and Rekey replaced it again. */
  state: z.enum(['pending', 'patched', 'put-back', 'gone', 'to-do']),
  /** Why it is *to do*. */
  problem: ErrorViewSchema.nullable(),
});
export type SiteResult = z.infer<typeof SiteResultSchema>;

/** The file `rotations/<id>.json`: the journal of one rotation, without secrets. */
export const RotationSchema = z.object({
  version: z.literal(1),
  id: z.uuid(),
  credential: z.object({ id: z.string(), name: z.string() }),
  /** Whose key is replaced; its id is made beforehand when the target is new to Rekey. */
  target: z.object({ id: z.uuid(), name: z.string(), isNew: z.boolean() }),
  provider: z.object({ id: z.string(), name: z.string() }),
  strategy: StrategySchema,
  agentId: z.string().nullable(),
  requester: RequesterSchema,
  approver: ApproverSchema,
  planHash: z.string(),
  oldFingerprint: z.string().nullable(),
  newFingerprint: z.string().nullable(),
  /** Names of companion secrets that came with the new key. */
  newCompanions: z.array(z.string()),
  step: StepSchema,
  /** Append-only: when which step was reached. */
  history: z.array(z.object({ step: StepSchema, at: z.iso.datetime(), note: z.string().nullable() })),
  /** Set exactly when `step` is `ended`. */
  outcome: OutcomeSchema.nullable(),
  /** Why it stands still before its end: the keychain, the service or the person is needed. */
  waiting: z.object({ on: z.enum(['keychain', 'service', 'person']), problem: ErrorViewSchema }).nullable(),
  /** What the person is told at the end when it isn't simply done. */
  problem: ErrorViewSchema.nullable(),
  sites: z.array(SiteResultSchema),
  findings: z.array(FindingSchema),
  restarts: z.array(z.object({ id: z.string(), name: z.string(), reload: z.enum(['restart-server', 'restart-host']) })),
  cooldown: CooldownSchema.nullable(),
  /** Set when the new key could not be confirmed by the service before it was put in place. */
  unverified: ErrorViewSchema.nullable(),
  startedAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Rotation = z.infer<typeof RotationSchema>;
