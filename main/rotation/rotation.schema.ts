import { z } from 'zod';
import { ApproverSchema, RequesterSchema } from '../approvals/approval.schema.ts';
import { CooldownSchema } from '../credentials/credential.schema.ts';
import { ErrorViewSchema } from '../errors.schema.ts';
import { StrategySchema } from '../providers/provider.schema.ts';
import { FindingSchema, PlannedSiteSchema, WaySchema } from './plan.schema.ts';

/**
 * How far a rotation has come: what is *known to be done*. The next thing to do follows from it, in a first run and after a
 * crash alike. On disk it may be a step behind, where doing that step once more does no harm.
 *
 * `confirmed` a person agreed · `preflighted` all that can fail beforehand was tried · `requested` written just before
 * the one request: from here on the service may have rotated · `answered` the raw answer lies sealed on disk ·
 * `staged` the new key is in the keychain as pending and was read back · `verified` the service was asked about it ·
 * `promoted` it is the credential's current key · `patched` every site was tried, the old key kept as previous, the index
 * up to date ·
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
 * rotated and kept the new key: the person must make one by hand, and can still paste it · `given-up` the person did not
 * wait until it was known what the service did.
 */
export const OutcomeSchema = z.enum(['done', 'done-in-part', 'stopped', 'declined', 'unchanged', 'lost', 'given-up']);
export type Outcome = z.infer<typeof OutcomeSchema>;

export const SiteResultSchema = z.object({
  site: PlannedSiteSchema,
  /** `put-back`: a host wrote the old key again, and Rekey replaced it again. `skipped`: the person leaves it as it is. */
  state: z.enum(['pending', 'patched', 'put-back', 'gone', 'to-do', 'skipped']),
  /** Why it is *to do*. */
  problem: ErrorViewSchema.nullable(),
});
export type SiteResult = z.infer<typeof SiteResultSchema>;

/**
 * A host that ran while its file was changed, and so still has the old key. `wanted` the person is to start it again ·
 * `quit` Rekey has quit it, or is about to, and starts it when its files are done · `done` it was started again.
 */
export const RestartSchema = z.object({
  id: z.string(),
  name: z.string(),
  reload: z.enum(['restart-server', 'restart-host']),
  /** Rekey may quit it and start it again when the person agrees. Records of before lack it. */
  isDesktopApp: z.boolean().optional(),
  state: z.enum(['wanted', 'quit', 'done']).default('wanted'),
  /** Why Rekey could not do it, or that the host goes on writing the old key. */
  problem: ErrorViewSchema.nullable().default(null),
});
export type Restart = z.infer<typeof RestartSchema>;

/** A process as it was seen; the start tells it from a later one of the same id. */
const ProcessMarkSchema = z.object({ pid: z.number().int(), startedAt: z.iso.datetime().nullable() });

/** A host with the processes that may hold the old key in memory: as long as one of them lives, its files are watched. */
export const WatchedHostSchema = z.object({ id: z.string(), name: z.string(), processes: z.array(ProcessMarkSchema) });
export type WatchedHost = z.infer<typeof WatchedHostSchema>;

/**
 * What becomes of the old key after a rotation that has left it alive.
 *
 * `by` who ends it: Rekey's own request, the service when the time is over, or the person on the service's page. `due` it
 * is done at `at` (null: when the person says so) · `held` it can't be done now, see `problem` · `revoked` the old key
 * is dead · `undone` it is the current key again.
 */
export const RevocationSchema = z.object({
  by: z.enum(['rekey', 'service', 'person']),
  state: z.enum(['due', 'held', 'revoked', 'undone']),
  at: z.iso.datetime().nullable(),
  problem: ErrorViewSchema.nullable(),
});
export type Revocation = z.infer<typeof RevocationSchema>;

/**
 * What the person can do with a rotation now: `go-on` try again what it waits for · `paste-key` give it the key that they
 * made by hand · `copy-key` take the new key, which is in Rekey's memory · `give-up` end it as it is · `revoke` the old
 * key now · `undo` go back to the old key.
 */
export const OfferSchema = z.enum(['go-on', 'paste-key', 'copy-key', 'give-up', 'revoke', 'undo']);
export type Offer = z.infer<typeof OfferSchema>;

/** The file `rotations/<id>.json`: the journal of one rotation, without secrets. Records of before lack what has a default. */
export const RotationSchema = z.object({
  version: z.literal(1),
  id: z.uuid(),
  credential: z.object({ id: z.string(), name: z.string() }),
  /** Whose key is replaced; its id is made beforehand when the target is new to Rekey. */
  target: z.object({ id: z.uuid(), name: z.string(), isNew: z.boolean() }),
  provider: z.object({ id: z.string(), name: z.string() }),
  strategy: StrategySchema,
  way: WaySchema.default('request'),
  undoes: z.uuid().nullable().default(null),
  agentId: z.string().nullable(),
  requester: RequesterSchema,
  approver: ApproverSchema,
  planHash: z.string(),
  oldFingerprint: z.string().nullable(),
  newFingerprint: z.string().nullable(),
  /** Ids of both keys at the service, where it has such. */
  keyIds: z.object({ old: z.string().nullable(), new: z.string().nullable() }).default({ old: null, new: null }),
  /** What the service told of the old key before the request; settings for the provider. */
  learned: z.record(z.string(), z.string()).default({}),
  /** Settings of the credential that change with its key; an empty one goes. */
  newSettings: z.record(z.string(), z.string()).default({}),
  /** What those settings were before; empty where there was none. */
  oldSettings: z.record(z.string(), z.string()).default({}),
  /** Since when the old key had been the current one; null when it was new to Rekey. */
  oldKeySince: z.iso.datetime().nullable().default(null),
  /** Undo: since when the key that comes back had been the current one. */
  newKeySince: z.iso.datetime().nullable().default(null),
  /** How long the old key is to work on after everything is in place, as the person chose; null where there is no choice. */
  graceMinutes: z.number().int().nonnegative().nullable().default(null),
  revocation: RevocationSchema.nullable().default(null),
  offers: z.array(OfferSchema).default([]),
  /** False as long as something of it may lie in the keychain or on disk that nobody needs any more. */
  tidy: z.boolean().default(true),
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
  /** Files whose old version could not be kept as a backup; the new key is in them all the same. Not in records of before. */
  notKept: z.array(z.object({ file: z.string(), problem: ErrorViewSchema })).default([]),
  findings: z.array(FindingSchema),
  /** Ids of the hosts that the person let Rekey quit and start again. */
  restartHosts: z.array(z.string()).default([]),
  restarts: z.array(RestartSchema),
  watched: z.array(WatchedHostSchema).default([]),
  cooldown: CooldownSchema.nullable(),
  /** Set when the new key could not be confirmed by the service before it was put in place. */
  unverified: ErrorViewSchema.nullable(),
  startedAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Rotation = z.infer<typeof RotationSchema>;

/** The hosts that Rekey can restart when the person agrees: desktop apps that still run with the old key. Pure. */
export function hostsToRestart({ step, restarts }: Rotation): Restart[] {
  const isByRekey = ({ state, reload, isDesktopApp }: Restart): boolean =>
    state === 'wanted' && reload === 'restart-host' && isDesktopApp === true;
  return step === 'ended' ? restarts.filter(isByRekey) : [];
}
