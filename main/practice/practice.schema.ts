import { z } from 'zod';

/**
 * What goes wrong in a practice rotation: `none` nothing · `connection-breaks` the service makes the new key and breaks
 * the connection before it is told · `file-locked` one of the files may not be written · `host-puts-back` a program
 * writes the old key back, right after the new one was put in.
 */
export const TroubleSchema = z.enum(['none', 'connection-breaks', 'file-locked', 'host-puts-back']);
export type Trouble = z.infer<typeof TroubleSchema>;

/** A part of a file: a key of the practice service, or what stands between two. */
export const PieceSchema = z.object({ text: z.string(), isKey: z.boolean() });
export type Piece = z.infer<typeof PieceSchema>;

export const PracticeFileSchema = z.object({
  /** Whose file it plays. */
  host: z.string(),
  /** Absolute. */
  path: z.string(),
  /** As practice began. The keys stand in it in full: they open nothing. */
  before: z.array(PieceSchema),
  now: z.array(PieceSchema),
  /** Whether every byte outside of the keys is as it was. */
  onlyKeysDiffer: z.boolean(),
});
export type PracticeFile = z.infer<typeof PracticeFileSchema>;

export const PracticeViewSchema = z.object({
  /** Another one each time. */
  id: z.uuid(),
  trouble: TroubleSchema,
  /** The person has ended the trouble: the file may be written again. */
  troubleEnded: z.boolean(),
  /** Name of the one key there is. */
  credential: z.string(),
  /** The key that the practice service takes now, as its own page shows it. */
  serviceKey: z.string(),
  files: z.array(PracticeFileSchema),
});
export type PracticeView = z.infer<typeof PracticeViewSchema>;
