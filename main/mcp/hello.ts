import { z } from 'zod';
import { ErrorViewSchema } from '../errors.schema.ts';

/** What a connection says first, on one line. All of it is what the other end says of itself, and is shown as such. */
export const HelloSchema = z.strictObject({
  /** Version of this protocol. */
  rekey: z.literal(1),
  /** `mcp`: JSON-RPC follows. `calls`: {@link RequestSchema}. */
  as: z.enum(['mcp', 'calls']),
  /** The program at the other end, and its process. */
  program: z.string().min(1).max(200),
  pid: z.number().int().positive(),
  /** The program that started it (the MCP host, the shell), where it can be seen. */
  parent: z.string().min(1).max(200).nullable(),
  parentPid: z.number().int().positive().nullable(),
  /** Whether a person sits at a terminal. */
  interactive: z.boolean(),
});
export type Hello = z.infer<typeof HelloSchema>;

/** The answer to a hello, on one line: welcome, or why not; after a failure the connection ends. */
export const WelcomeSchema = z.union([
  z.object({ rekey: z.literal(1), version: z.string() }),
  z.object({ failure: ErrorViewSchema }),
]);
export type Welcome = z.infer<typeof WelcomeSchema>;

/** What a `calls` connection asks: a call of the contract, or to be told of events from now on. */
export const RequestSchema = z.union([
  z.strictObject({ id: z.number().int().nonnegative(), call: z.string(), input: z.unknown() }),
  z.strictObject({ id: z.number().int().nonnegative(), subscribe: z.literal(true) }),
]);
export type Request = z.infer<typeof RequestSchema>;

/** What it gets: an answer to a request, an event, or why the connection ends now. */
export const ReplySchema = z.union([
  z.object({ id: z.number().int(), result: z.unknown() }),
  z.object({ id: z.number().int(), failure: ErrorViewSchema }),
  z.object({ event: z.string(), payload: z.unknown() }),
  z.object({ failure: ErrorViewSchema }),
]);
export type Reply = z.infer<typeof ReplySchema>;
