import { z } from 'zod';
import { ErrorViewSchema } from '../errors.schema.ts';

/** What was about to replace the version that was kept. */
const BackupReasonSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rotation'), credential: z.string(), rotationId: z.string() }),
  z.object({ kind: z.literal('restore') }),
  z.object({ kind: z.literal('redaction'), credential: z.string() }),
  /** The new key was put into a copy that a host had made. */
  z.object({ kind: z.literal('copy-patch'), credential: z.string() }),
  z.object({ kind: z.literal('copy-deletion') }),
  /** Rekey's own server was put into a host's settings, or taken out. */
  z.object({ kind: z.literal('connection') }),
]);
export type BackupReason = z.infer<typeof BackupReasonSchema>;

/** The plain part of a backup, bound to the sealed one. No secret stands in it. */
export const BackupHeaderSchema = z.object({
  /** Absolute, as the host knows the file. */
  path: z.string(),
  at: z.iso.datetime(),
  /** Of the file, in bytes. */
  size: z.number().int(),
  mode: z.number().int(),
  uid: z.number().int(),
  gid: z.number().int(),
  /** Of the file, hex. */
  sha256: z.string(),
  reason: BackupReasonSchema,
  /** Fingerprint of the key that it is sealed with. */
  sealedWith: z.string(),
});
export type BackupHeader = z.infer<typeof BackupHeaderSchema>;

/** One earlier version of a file. */
export const BackupViewSchema = z.object({
  file: z.string(),
  /** When it was kept, and by what it is named; no two of one file are the same. */
  at: z.iso.datetime(),
  size: z.number().int(),
  reason: BackupReasonSchema,
  /** Why it can't be restored. */
  problem: ErrorViewSchema.nullable(),
});
export type BackupView = z.infer<typeof BackupViewSchema>;

export const BackupListSchema = z.object({
  /** Newest first within each file. */
  backups: z.array(BackupViewSchema),
  /** Those that don't even tell any more of which file they are. */
  damaged: z.array(ErrorViewSchema),
});
export type BackupList = z.infer<typeof BackupListSchema>;

/** A place in a restored version that holds, or may hold, a key that no longer works. */
const LeftKeySchema = z.object({
  /**
   * `in-comment`, `outside-server-table`: where Rekey changes nothing · `not-writable`: the place can't hold the new key ·
   * `no-key`: the keychain doesn't give the key · `unknown-key`: a key that Rekey doesn't hold, which may be a dead one.
   */
  why: z.enum(['in-comment', 'outside-server-table', 'not-writable', 'no-key', 'unknown-key']),
  /** Whose key; null for one that Rekey doesn't hold. */
  credential: z.string().nullable(),
  server: z.string().nullable(),
  /** From 1. */
  line: z.number().int().positive().nullable(),
});
export type LeftKey = z.infer<typeof LeftKeySchema>;

/** What a restore has done. */
export const RestoredSchema = z.object({
  file: z.string(),
  /** Which version was put in place. */
  at: z.iso.datetime(),
  /** False when the file held exactly that already. */
  changed: z.boolean(),
  /** Under which time the version is kept that was replaced; null when there was none to replace. */
  replaced: z.iso.datetime().nullable(),
  /**
   * `current`: current keys were put where earlier ones stood · `as-it-was`: as was asked for · `not-parsable`,
   * `no-host`: nobody can tell where keys stand in it, so it is as it was.
   */
  keys: z.enum(['current', 'as-it-was', 'not-parsable', 'no-host']),
  putIn: z.array(z.object({ credential: z.string(), places: z.number().int().positive() })),
  left: z.array(LeftKeySchema),
});
export type Restored = z.infer<typeof RestoredSchema>;
