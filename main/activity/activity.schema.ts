import { z } from 'zod';
import { ApproverSchema, RequesterSchema } from '../approvals/approval.schema.ts';
import { StrategySchema } from '../providers/provider.schema.ts';
import { WaySchema } from '../rotation/plan.schema.ts';
import { OutcomeSchema, RestartSchema, RevocationSchema, SiteResultSchema } from '../rotation/rotation.schema.ts';

/** What happened, in the words of the domain; the pages make sentences from it. */
export const ActivityKindSchema = z.enum([
  'credential-added',
  'credential-removed',
  'credential-verified',
  'rotation-asked',
  'rotation-approved',
  'rotation-denied',
  'rotation-expired',
  'rotation-withdrawn',
  'rotation-not-started',
  'rotation-ended',
  'site-retried',
  'key-adopted',
  'rotation-given-up',
  'revocation-asked',
  'old-key-revoked',
  'key-put-back',
  'key-copied',
  'key-given-to-client',
  'keychain-chosen',
  'settings-changed',
  'service-saved',
  'service-removed',
  'reminder-changed',
  'file-set-aside',
  'file-restored',
  'files-scanned',
  'key-taken-in',
  'key-redacted',
  'copy-patched',
  'copy-deleted',
  'link-refused',
  'host-connected',
  'host-disconnected',
  'host-restarted',
]);
export type ActivityKind = z.infer<typeof ActivityKindSchema>;

/** Who asked, as far as it can be seen, and how a person confirmed it where that is needed. */
export const BySchema = z.object({
  /** `rekey`: nobody asked, it did it by itself. */
  via: z.enum([...RequesterSchema.shape.via.options, 'rekey']),
  program: RequesterSchema.shape.program,
  client: RequesterSchema.shape.client,
  approver: ApproverSchema.nullable(),
});
export type By = z.infer<typeof BySchema>;

/** A rotation as it ended: what was done, place by place. Files and lines, no keys. */
export const EndedRotationSchema = z.object({
  id: z.string(),
  requester: RequesterSchema.omit({ pid: true }),
  approver: ApproverSchema,
  provider: z.string(),
  way: WaySchema,
  strategy: StrategySchema,
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  outcome: OutcomeSchema,
  oldFingerprint: z.string().nullable(),
  newFingerprint: z.string().nullable(),
  sites: z.array(
    z.object({
      owner: z.string(),
      file: z.string(),
      server: z.string().nullable(),
      line: z.number().int(),
      state: SiteResultSchema.shape.state,
      /** Code of the reason why it is *to do*. */
      problem: z.string().nullable(),
    }),
  ),
  restarts: z.array(
    z.object({ host: z.string(), state: RestartSchema.shape.state.unwrap(), problem: z.string().nullable() }),
  ),
  revocation: RevocationSchema.omit({ problem: true }).nullable(),
});
export type EndedRotation = z.infer<typeof EndedRotationSchema>;

/** One line of `activity.jsonl`. Lines of before have neither `by` nor `rotation`. */
export const ActivitySchema = z.object({
  at: z.iso.datetime(),
  kind: ActivityKindSchema,
  credential: z.string().nullable(),
  rotationId: z.string().nullable(),
  /** Who: `tray`, `page`, `command line`, `agent <client>`, `rekey`. */
  who: z.string(),
  by: BySchema.optional(),
  /** Outcome, approver, file and the like; never a secret. */
  detail: z.string().nullable(),
  /** With `rotation-ended`. */
  rotation: EndedRotationSchema.optional(),
});
export type Activity = z.infer<typeof ActivitySchema>;

/** An entry as it is listed. */
export const ActivityEntrySchema = ActivitySchema.extend({
  /** Where its line begins in the file, in bytes: greater for whatever was noted later, and never another's. */
  position: z.number().int().nonnegative(),
});
export type ActivityEntry = z.infer<typeof ActivityEntrySchema>;
