import { z } from 'zod';

/**
 * What is kept of a crash: enough to find the fault, and nothing that was in memory. No message and no value, since these
 * can hold a key.
 */
export const CrashNoteSchema = z.object({
  at: z.iso.datetime(),
  version: z.string(),
  platform: z.string(),
  /** `main`: Rekey itself · `promise`: a failure in it that nobody waited for · `page`: a window · `part`: another process of its own. */
  where: z.enum(['main', 'promise', 'page', 'part']),
  /** The error's class, or how a process ended (`oom`, `crashed`, ...). */
  name: z.string(),
  /** `ENOENT`, `keychain-locked`, an exit code. */
  code: z.string().nullable(),
  /** `main.mjs:12:34`, in our own files only, the innermost first. */
  frames: z.array(z.string()),
});
export type CrashNote = z.infer<typeof CrashNoteSchema>;

/** The file `crashes.json`, the newest note last. */
export const CrashFileSchema = z.object({ version: z.literal(1), notes: z.array(CrashNoteSchema) });
export type CrashFile = z.infer<typeof CrashFileSchema>;
