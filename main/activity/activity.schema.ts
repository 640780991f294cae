import { z } from 'zod';

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
  'file-set-aside',
  'file-restored',
  'files-scanned',
  'key-taken-in',
  'key-redacted',
  'copy-patched',
  'copy-deleted',
]);
export type ActivityKind = z.infer<typeof ActivityKindSchema>;

/** One line of `activity.jsonl`. */
export const ActivitySchema = z.object({
  at: z.iso.datetime(),
  kind: ActivityKindSchema,
  credential: z.string().nullable(),
  rotationId: z.string().nullable(),
  /** Who: `tray`, `page`, `command line`, `agent <client>`, `rekey`. */
  who: z.string(),
  /** Outcome, approver, file and the like; never a secret. */
  detail: z.string().nullable(),
});
export type Activity = z.infer<typeof ActivitySchema>;
