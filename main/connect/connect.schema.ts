import { z } from 'zod';
import { ErrorViewSchema } from '../errors.schema.ts';

/** Whether a host starts Rekey's own MCP server. */
export const ConnectionSchema = z.object({
  /** Id of the host. */
  host: z.string(),
  /** `by-hand`: Rekey can't write the entry, for the reason in `why`. */
  state: z.enum(['connected', 'not-connected', 'by-hand']),
  /** In which the entry stands, or would stand; null where Rekey knows none. */
  file: z.string().nullable(),
  why: ErrorViewSchema.nullable(),
});
export type Connection = z.infer<typeof ConnectionSchema>;

/** What connecting or disconnecting would do to a file: nothing but put this text in, or take it out. */
export const ConnectionChangeSchema = z.object({
  host: z.string(),
  connect: z.boolean(),
  file: z.string(),
  /** The whole file is made, or removed. */
  isWholeFile: z.boolean(),
  /** On which the text begins, from 1. */
  line: z.number().int().positive(),
  text: z.string(),
  /** Of the file as it was looked at. */
  hash: z.string(),
});
export type ConnectionChange = z.infer<typeof ConnectionChangeSchema>;

/** What Rekey has put into hosts' files, so that exactly that can be taken out. */
export const AddedEntriesSchema = z.object({
  version: z.literal(1),
  added: z.array(z.object({ file: z.string(), text: z.string(), value: z.record(z.string(), z.unknown()) })),
});
export type AddedEntries = z.infer<typeof AddedEntriesSchema>;
