import { z } from 'zod';

const Kept = z.iso.datetime().nullable();

/** What a redaction has done. */
export const RedactedSchema = z.object({
  file: z.string(),
  credential: z.string(),
  /** How many times the key stood outside of the places that a rotation changes; none: the file is as it was. */
  places: z.number().int(),
  /** Under which time the version until then is kept. */
  kept: Kept,
});
export type Redacted = z.infer<typeof RedactedSchema>;

/** What became of a copy into which the new key was put. */
export const PatchedCopySchema = z.object({
  path: z.string(),
  credential: z.string(),
  places: z.number().int().positive(),
  kept: z.iso.datetime(),
});
export type PatchedCopy = z.infer<typeof PatchedCopySchema>;

export const DeletedCopySchema = z.object({ path: z.string(), kept: z.iso.datetime() });
export type DeletedCopy = z.infer<typeof DeletedCopySchema>;
