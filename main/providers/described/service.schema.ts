import { z } from 'zod';
import { StrategySchema } from '../provider.schema.ts';

/** Something that is wrong with a description. Holds nothing of its values: a key may have been pasted into one. */
export const ServiceProblemSchema = z.object({
  /** From 1. */
  line: z.number().int().positive(),
  /** `request.method`, `settings[0].name`; empty where the text is no JSON. */
  field: z.string(),
  /** A clause that goes on from the field: "must be one of …". */
  message: z.string(),
});
export type ServiceProblem = z.infer<typeof ServiceProblemSchema>;

/** A service that the person has described. */
export const ServiceViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  strategy: StrategySchema,
  verifies: z.boolean(),
  page: z.url(),
  file: z.string(),
  /** The description as it stands in the file. */
  text: z.string(),
  /** Names of the keys that are of this service. */
  usedBy: z.array(z.string()),
});
export type ServiceView = z.infer<typeof ServiceViewSchema>;

export const ServiceListSchema = z.object({
  services: z.array(ServiceViewSchema),
  /** Files that are no descriptions (any more); they are left as they are. */
  broken: z.array(
    z.object({
      id: z.string(),
      file: z.string(),
      text: z.string().nullable(),
      problems: z.array(ServiceProblemSchema),
    }),
  ),
  /** Descriptions of made-up services, to begin with. */
  examples: z.array(z.object({ name: z.string(), about: z.string(), text: z.string() })),
});
export type ServiceList = z.infer<typeof ServiceListSchema>;

/** A service of which the person makes the keys by hand, as a form asks for it. */
export const ServiceFormSchema = z.strictObject({
  name: z.string().max(200),
  page: z.string().max(1_000),
  envNames: z.array(z.string().max(200)).max(20),
  /** Any key will do where it is left out. */
  pattern: z.string().max(1_000).optional(),
  hint: z.string().max(1_000).optional(),
  verify: z
    .strictObject({
      /** The whole address. */
      url: z.string().max(1_000),
      header: z.string().max(200),
      /** With `{key}` in it. */
      value: z.string().max(1_000),
      /** A field that only a good answer has. */
      has: z.string().max(200).optional(),
    })
    .optional(),
});
export type ServiceForm = z.infer<typeof ServiceFormSchema>;

/** A description as a text, or what a form makes one from. */
export const ServiceDraftSchema = z.union([
  z.strictObject({ text: z.string().max(200_000) }),
  z.strictObject({ form: ServiceFormSchema }),
]);
export type ServiceDraft = z.infer<typeof ServiceDraftSchema>;

/** What would come of a draft. */
export const ServiceCheckSchema = z.object({
  id: z.string().nullable(),
  name: z.string().nullable(),
  /** Whether a described service of this id is there, which it would replace. */
  replaces: z.boolean(),
  problems: z.array(ServiceProblemSchema),
});
export type ServiceCheck = z.infer<typeof ServiceCheckSchema>;
