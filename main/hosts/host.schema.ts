import { z } from 'zod';
import { ErrorViewSchema } from '../errors.schema.ts';

/** Where in a server's entry a key stands. `field`: a field of a file that belongs to the provider. */
export const PlaceInEntrySchema = z.enum(['env', 'argument', 'header', 'url', 'field']);
export type PlaceInEntry = z.infer<typeof PlaceInEntrySchema>;

/** How the key is written there. */
export const FormSchema = z.enum(['plain', 'json-escaped', 'percent-encoded']);
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

/** A key's variable in a server's entry that holds a reference, and to what (`${VAR}`). Never edited. */
export const ReferenceViewSchema = z.object({
  file: z.string(),
  server: z.string().nullable(),
  path: JsonPathSchema,
  name: z.string(),
  expression: z.string(),
  line: z.number().int().positive(),
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
  /** Null where processes could not be listed. */
  running: z.boolean().nullable(),
  reload: ReloadSchema,
  /** The host writes its file from memory, and so can put an old key back. */
  rewritesFile: z.boolean(),
  files: z.array(HostFileViewSchema),
  servers: z.array(z.object({ name: z.string(), file: z.string() })),
  sites: z.array(SiteViewSchema),
  references: z.array(ReferenceViewSchema),
  /** Copies that the host made and that still hold a known key. */
  copies: z.array(z.object({ path: z.string(), credential: z.string() })),
});
export type HostView = z.infer<typeof HostViewSchema>;
