import { z } from 'zod';
import { CrashNoteSchema } from '../crash/crash-note.schema.ts';
import { ErrorViewSchema } from '../errors.schema.ts';

const Version = z.string().max(100);

/**
 * How it stands with a newer version. `absent`: this build updates itself by no means, and why · `idle` nothing newer was
 * known when it was last asked · `ready` it is on the disk, checked, and installs when the person says so.
 */
export const UpdateStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('absent'), why: z.enum(['not-packaged', 'no-feed', 'not-signed']) }),
  z.object({ state: z.literal('idle') }),
  z.object({ state: z.literal('checking') }),
  z.object({ state: z.literal('available'), version: Version }),
  z.object({ state: z.literal('downloading'), version: Version, percent: z.number().int().min(0).max(100) }),
  z.object({ state: z.literal('ready'), version: Version }),
  z.object({ state: z.literal('failed'), problem: ErrorViewSchema }),
]);
export type UpdateState = z.infer<typeof UpdateStateSchema>;

export const UpdatesSchema = z.object({
  update: UpdateStateSchema,
  /** Whether Rekey asks by itself, once a day. */
  automatic: z.boolean(),
  /** When it was last asked. */
  checkedAt: z.iso.datetime().nullable(),
});
export type UpdatesView = z.infer<typeof UpdatesSchema>;

/** The file `updates.json`. */
export const UpdatesFileSchema = UpdatesSchema.omit({ update: true }).extend({ version: z.literal(1) });
export type UpdatesFile = z.infer<typeof UpdatesFileSchema>;

/** What the desktop app does beside showing pages; null where there is no such thing in this shell or on this machine. */
export const DesktopSchema = z.object({
  startAtLogin: z.boolean().nullable(),
  updates: UpdatesSchema.nullable(),
  /** The last crash of an earlier run that the person has not dismissed. */
  crash: CrashNoteSchema.nullable(),
});
export type DesktopView = z.infer<typeof DesktopSchema>;
