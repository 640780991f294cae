import { z } from 'zod';
import { ErrorViewSchema } from '../errors.schema.ts';

/** Where in a server's entry a key stands. `field`: a field of a file that belongs to the provider. */
export const PlaceInEntrySchema = z.enum(['env', 'argument', 'header', 'url', 'field']);
export type PlaceInEntry = z.infer<typeof PlaceInEntrySchema>;

/** How the key is written there; `escaped`: with the escapes of the file's own notation, or of a shell. */
export const FormSchema = z.enum(['plain', 'escaped', 'json-escaped', 'percent-encoded', 'base64']);
export type Form = z.infer<typeof FormSchema>;

const JsonPathSchema = z.array(z.union([z.string(), z.number().int()]));

export const SiteViewSchema = z.object({
  credential: z.string(),
  file: z.string(),
  server: z.string().nullable(),
  place: PlaceInEntrySchema,
  path: JsonPathSchema,
  /** From 1. */
  line: z.number().int().positive(),
});
export type SiteView = z.infer<typeof SiteViewSchema>;

/** Where a reference takes its value from. */
export const ValueSourceSchema = z.object({
  kind: z.enum(['variable', 'file', 'input', 'secret-store', 'command']),
  /** Name of the variable, path of the file, id of the input that the host asks for; empty for a command. */
  name: z.string(),
  /** Where it is set: lines of shell profiles and `.env` files, or the file itself. */
  setIn: z.array(
    z.object({
      file: z.string(),
      /** From 1. */
      line: z.number().int().positive(),
      /** The credential whose key stands there. */
      credential: z.string().nullable(),
    }),
  ),
});
export type ValueSource = z.infer<typeof ValueSourceSchema>;

/** A key's variable in a server's entry that holds a reference, and to what (`${VAR}`). Never edited. */
export const ReferenceViewSchema = z.object({
  file: z.string(),
  server: z.string().nullable(),
  path: JsonPathSchema,
  name: z.string(),
  expression: z.string(),
  line: z.number().int().positive(),
  source: ValueSourceSchema,
});
export type ReferenceView = z.infer<typeof ReferenceViewSchema>;

export const HostFileViewSchema = z.object({
  path: z.string(),
  scope: z.string(),
  exists: z.boolean(),
  /** Null when there is nothing to parse. */
  parses: z.boolean().nullable(),
  writable: z.boolean().nullable(),
  problem: ErrorViewSchema.nullable(),
});
export type HostFileView = z.infer<typeof HostFileViewSchema>;

/** When a host sees a changed file: by itself, when its server is started again, or only when the host is. */
export const ReloadSchema = z.enum(['by-itself', 'restart-server', 'restart-host']);
export type Reload = z.infer<typeof ReloadSchema>;

export const HostViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** One of its files or folders is there. */
  detected: z.boolean(),
  /** There is something to see of it: it is there, or a key stands in a file that it would read. */
  hasSomething: z.boolean(),
  /** Null where processes could not be listed. */
  running: z.boolean().nullable(),
  /** Whether Rekey can put a key in place there: all, some (`partly`) or none. */
  patchable: z.enum(['yes', 'partly', 'no']),
  /** What Rekey can't reach there, and what the person does instead; null when it reaches all. */
  byHand: z.object({ why: z.string(), todo: z.string() }).nullable(),
  reload: ReloadSchema,
  /** The host writes its file from memory, and so can put an old key back. */
  rewritesFile: z.boolean(),
  files: z.array(HostFileViewSchema),
  servers: z.array(z.object({ name: z.string(), file: z.string() })),
  sites: z.array(SiteViewSchema),
  references: z.array(ReferenceViewSchema),
  /** Known keys outside of the places that a rotation changes; `isEarlier`: the key before the one of now. */
  outside: z.array(
    z.object({
      credential: z.string(),
      isEarlier: z.boolean(),
      file: z.string(),
      where: z.enum(['comment', 'outside-server-table']),
      /** From 1. */
      line: z.number().int().positive(),
    }),
  ),
  /** Copies that the host made and that still hold a known key; `holdsEarlier`: the key before the one of now. */
  copies: z.array(z.object({ path: z.string(), credential: z.string(), holdsEarlier: z.boolean() })),
});
export type HostView = z.infer<typeof HostViewSchema>;
