import { z } from 'zod';
import { ErrorViewSchema } from '../errors.schema.ts';
import { FormSchema, PlaceInEntrySchema, ReloadSchema, ValueSourceSchema } from '../hosts/host.schema.ts';
import { ConsequenceSchema, GraceSchema, StrategySchema } from '../providers/provider.schema.ts';

/** Whose file it is: a host's, or the provider's own credentials file. */
export const OwnerSchema = z.object({ kind: z.enum(['host', 'provider']), id: z.string(), name: z.string() });
export type Owner = z.infer<typeof OwnerSchema>;

/** One place that will be changed, with the line before and after, keys masked. */
export const PlannedSiteSchema = z.object({
  owner: OwnerSchema,
  /** Other hosts that read the file too. Journals of before have none. */
  alsoReadBy: z.array(z.object({ id: z.string(), name: z.string() })).default([]),
  file: z.string(),
  scope: z.string(),
  server: z.string().nullable(),
  place: PlaceInEntrySchema,
  form: FormSchema,
  /** `key`, or the name of a companion secret that is only changed if the service sends a new one. */
  role: z.string(),
  path: z.array(z.union([z.string(), z.number().int()])),
  line: z.number().int().positive(),
  before: z.string(),
  after: z.string(),
});
export type PlannedSite = z.infer<typeof PlannedSiteSchema>;

/** The hosts that read a file. */
export function hostsOf({
  owner,
  alsoReadBy,
}: {
  readonly owner: Owner;
  readonly alsoReadBy: readonly PlannedSite['alsoReadBy'][number][];
}): readonly { readonly id: string; readonly name: string }[] {
  return owner.kind === 'host' ? [owner, ...alsoReadBy] : [];
}

/** Something found that will *not* be changed, and why. */
export const FindingSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('reference'),
    owner: OwnerSchema,
    file: z.string(),
    server: z.string().nullable(),
    name: z.string(),
    expression: z.string(),
    line: z.number().int(),
    /** Journals of before have none. */
    source: ValueSourceSchema.default({ kind: 'variable', name: '', setIn: [] }),
  }),
  z.object({ kind: z.literal('outside-server-table'), owner: OwnerSchema, file: z.string(), line: z.number().int() }),
  z.object({ kind: z.literal('in-comment'), owner: OwnerSchema, file: z.string(), line: z.number().int() }),
  /** The provider's variable holds another key than this credential's. */
  z.object({
    kind: z.literal('other-key'),
    owner: OwnerSchema,
    file: z.string(),
    server: z.string().nullable(),
    name: z.string(),
    line: z.number().int(),
  }),
  /** A copy that the host made of its own file (a backup), which still holds the old key. */
  z.object({ kind: z.literal('copy'), owner: OwnerSchema, file: z.string() }),
  /** The file can't be read, parsed or written: the rotation will leave it *to do*. */
  z.object({ kind: z.literal('problem'), owner: OwnerSchema, file: z.string(), problem: ErrorViewSchema }),
]);
export type Finding = z.infer<typeof FindingSchema>;

/**
 * How the new key comes: `request` the service is asked for it · `by-hand` the person makes it on the service's page and
 * pastes it · `undo` it is the earlier one, which still works.
 */
export const WaySchema = z.enum(['request', 'by-hand', 'undo']);
export type Way = z.infer<typeof WaySchema>;

export const PlanSchema = z.object({
  /** Hash over everything below: what the person confirmed is what will be done. */
  hash: z.string(),
  /** The credential whose key authenticates the request. */
  credential: z.object({ id: z.string(), name: z.string() }),
  /** The credential whose key is replaced: the same, or an agent's (new to Rekey when `id` is null). */
  target: z.object({ id: z.string().nullable(), name: z.string() }),
  provider: z.object({ id: z.string(), name: z.string() }),
  strategy: StrategySchema,
  way: WaySchema,
  /** The rotation that is undone. */
  undoes: z.uuid().nullable(),
  /** For how long the old key may go on working, where the person can choose. */
  grace: GraceSchema.nullable(),
  baseUrl: z.string(),
  agentId: z.string().nullable(),
  /** Null when Rekey doesn't know the key that will die (an agent's that it never held). */
  oldFingerprint: z.string().nullable(),
  consequences: z.array(ConsequenceSchema),
  sites: z.array(PlannedSiteSchema),
  findings: z.array(FindingSchema),
  hosts: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      running: z.boolean().nullable(),
      reload: ReloadSchema,
      rewritesFile: z.boolean(),
      /** Rekey may quit it and start it again when the person agrees. */
      isDesktopApp: z.boolean(),
    }),
  ),
});
export type Plan = z.infer<typeof PlanSchema>;
