import { z } from 'zod';

/** Something the service blocks after a rotation (Lightning Faucet: withdrawals), and until when. */
export const CooldownSchema = z.object({ what: z.string(), until: z.iso.datetime() });
export type Cooldown = z.infer<typeof CooldownSchema>;

/** How the service answered when it was last asked about a key. */
export const VerificationStateSchema = z.enum(['accepted', 'refused', 'unknown']);
export type VerificationState = z.infer<typeof VerificationStateSchema>;

/** After how many days a key is to be rotated; 0: nobody is reminded. */
export const RotateEveryDaysSchema = z.literal([0, 30, 60, 90]);
export type RotateEveryDays = z.infer<typeof RotateEveryDaysSchema>;

export const CredentialNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u, 'letters, digits, spaces, dots, dashes and underscores');

/** One key of one provider under a name that the user gave: an entry of the index, without the secret. */
export const CredentialSchema = z.object({
  id: z.uuid(),
  name: CredentialNameSchema,
  provider: z.string(),
  baseUrl: z.url(),
  /** What kind of key it is where the provider has several (`operator`, `agent`). */
  kind: z.string().nullable(),
  /** The provider's own settings, `agent_id` say; never secret. */
  settings: z.record(z.string(), z.string()),
  fingerprint: z.string(),
  /** The key's public beginning (`sk-live-`), where it has one. */
  prefix: z.string().optional(),
  /** Names of further secrets in the keychain that belong to the key (`hmac_secret`). */
  companions: z.array(z.string()),
  createdAt: z.iso.datetime(),
  rotatedAt: z.iso.datetime().nullable(),
  verification: z
    .object({ state: VerificationStateSchema, at: z.iso.datetime(), account: z.string().nullable() })
    .nullable(),
  cooldown: CooldownSchema.nullable(),
  /** Null or absent: as the settings say. */
  rotateEveryDays: RotateEveryDaysSchema.nullable().optional(),
});
export type Credential = z.infer<typeof CredentialSchema>;

/** The file `credentials.json` in the data folder. */
export const CredentialIndexSchema = z.object({ version: z.literal(1), credentials: z.array(CredentialSchema) });
export type CredentialIndex = z.infer<typeof CredentialIndexSchema>;
