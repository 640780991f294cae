import { z } from 'zod';

/**
 * `in-place` the key rotates itself · `overlap` a second key is made, and the first one revoked when the second stands
 * everywhere · `manual` the person makes the new key on the service's page.
 */
export const StrategySchema = z.enum(['in-place', 'overlap', 'manual']);
export type Strategy = z.infer<typeof StrategySchema>;

/** What a rotation does at the service, told to the user before the confirmation. Texts are made from it by the pages. */
export const ConsequenceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('old-key-dies-at-once') }),
  /** Overlap: both keys work until the old one is revoked. */
  z.object({ kind: z.literal('old-key-works-until-revoked') }),
  /** In place, at a service that lets the old key work on for the time that the person chooses. */
  z.object({ kind: z.literal('old-key-works-for-a-while') }),
  /** By hand: the person makes the new key, and revokes the old one, on the service's page. */
  z.object({ kind: z.literal('made-by-hand') }),
  /** The new key ends by itself. */
  z.object({ kind: z.literal('new-key-expires'), days: z.number().int().positive() }),
  /** Undo: the earlier key comes back, the newer one is revoked. */
  z.object({ kind: z.literal('newer-key-revoked') }),
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

/** For how long the old key may work on after a rotation, in minutes; `default` is one of `choices`. 0 is at once. */
export const GraceSchema = z.object({
  choices: z.array(z.number().int().nonnegative()).min(1),
  default: z.number().int(),
});
export type Grace = z.infer<typeof GraceSchema>;

/** What pages and the command line need to know of a provider. */
export const ProviderViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** `described` by the person, under Settings or in a file. */
  origin: z.enum(['built-in', 'described']),
  strategy: StrategySchema,
  /** Whether it can be asked about a key. */
  verifies: z.boolean(),
  keysPage: z.url(),
  baseUrls: z.array(z.url()),
  envNames: z.array(z.string()),
  keyHint: z.string(),
  settings: z.array(SettingFieldSchema),
  /** Names of those that each key has its own of (its id). */
  settingsOfKey: z.array(z.string()),
  /** Further secrets that may come with a key, and the variables they stand in. */
  companions: z.array(z.object({ name: z.string(), envName: z.string() })),
});
export type ProviderView = z.infer<typeof ProviderViewSchema>;
