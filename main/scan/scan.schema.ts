import { z } from 'zod';
import { ErrorViewSchema } from '../errors.schema.ts';
import { PlaceInEntrySchema } from '../hosts/host.schema.ts';
import { OwnerSchema } from '../rotation/plan.schema.ts';

/** Why something counts as a key. */
const WhyKeySchema = z.discriminatedUnion('kind', [
  /** One that Rekey holds or held; `isDead`: a rotation has replaced it. */
  z.object({ kind: z.literal('known'), credential: z.string(), isDead: z.boolean() }),
  /** It has the form of the keys of this service. */
  z.object({ kind: z.literal('pattern'), service: z.string() }),
  /** It looks random, and stands where hosts keep secrets. */
  z.object({ kind: z.literal('entropy') }),
]);
export type WhyKey = z.infer<typeof WhyKeySchema>;

/** A key that stands in plain text in a file. Nothing of the key is in here but its public prefix and its fingerprint. */
export const FoundKeySchema = z.object({
  /** The same as long as the app runs and the key stands there. */
  id: z.string(),
  owner: OwnerSchema,
  file: z.string(),
  scope: z.string(),
  /**
   * `server`: where it counts, in a server's entry or a file of the service itself · `copy`: a copy that the host made ·
   * `broken-file`: nobody can tell where in the file it stands.
   */
  where: z.enum(['server', 'comment', 'outside-server-table', 'copy', 'broken-file']),
  server: z.string().nullable(),
  /** Only of those in a server's entry or a service's own file. */
  place: PlaceInEntrySchema.nullable(),
  path: z.array(z.union([z.string(), z.number().int()])),
  /** From 1; of the first one, where it stands there several times. */
  line: z.number().int().positive(),
  times: z.number().int().positive(),
  masked: z.string(),
  why: WhyKeySchema,
  /** Ids of the services to whose form it fits: with one of them it can be taken in. None of a key that Rekey knows. */
  providers: z.array(z.string()),
});
export type FoundKey = z.infer<typeof FoundKeySchema>;

export const ScanSchema = z.object({
  findings: z.array(FoundKeySchema),
  /** Files that could not be looked into, or not wholly. */
  problems: z.array(z.object({ owner: OwnerSchema, file: z.string(), problem: ErrorViewSchema })),
});
export type Scan = z.infer<typeof ScanSchema>;
