import { z } from 'zod';

/**
 * `rotation` the key is as old as the person lets keys become · `old-key` an old key still works, and only the person can
 * end it.
 */
export const ReminderKindSchema = z.enum(['rotation', 'old-key']);
export type ReminderKind = z.infer<typeof ReminderKindSchema>;

/** Something that is due now. */
export const ReminderSchema = z.object({
  kind: ReminderKindSchema,
  credential: z.object({ id: z.string(), name: z.string() }),
  provider: z.object({ id: z.string(), name: z.string() }),
  /** Whole days since the key is the one it is. */
  age: z.number().int().nonnegative(),
  /** Since when. */
  dueAt: z.iso.datetime(),
  /** The rotation that has left the old key. */
  rotationId: z.string().nullable(),
});
export type Reminder = z.infer<typeof ReminderSchema>;

/** The file `reminders.json`: what the person was told and what they put off, so that no restart tells it again. */
export const RemindersFileSchema = z.object({
  version: z.literal(1),
  told: z.array(
    z.object({
      kind: ReminderKindSchema,
      credentialId: z.string(),
      dueAt: z.iso.datetime(),
      rotationId: z.string().nullable(),
      at: z.iso.datetime(),
    }),
  ),
  /** Credentials of which nothing is to be heard until then. */
  snoozed: z.array(z.object({ credentialId: z.string(), until: z.iso.datetime() })),
});
export type RemindersFile = z.infer<typeof RemindersFileSchema>;
