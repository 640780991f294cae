import { z } from 'zod';

export const StrategySchema = z.enum(['in-place', 'overlap', 'manual']);
export type Strategy = z.infer<typeof StrategySchema>;

/** What a rotation does at the service, told to the user before the confirmation. Texts are made from it by the pages. */
export const ConsequenceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('old-key-dies-at-once') }),
  /** `what` the service blocks (`withdrawals`), for `minutes`. */
  z.object({ kind: z.literal('blocked'), what: z.string(), minutes: z.number().int().positive() }),
  /** Everything else that uses the key outside this machine stops until it gets the new one. */
  z.object({ kind: z.literal('other-machines-stop') }),
  /** The service has no way back to the old key. */
  z.object({ kind: z.literal('irreversible') }),
]);
export type Consequence = z.infer<typeof ConsequenceSchema>;

export const SettingFieldSchema = z.object({
  name: z.string(),
  label: z.string(),
  hint: z.string(),
  required: z.boolean(),
});
export type SettingField = z.infer<typeof SettingFieldSchema>;

/** What pages and the command line need to know of a provider. */
export const ProviderViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  strategy: StrategySchema,
  keysPage: z.url(),
  baseUrls: z.array(z.url()),
  envNames: z.array(z.string()),
  keyHint: z.string(),
  settings: z.array(SettingFieldSchema),
});
export type ProviderView = z.infer<typeof ProviderViewSchema>;
