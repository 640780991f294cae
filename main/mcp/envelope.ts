import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import type { ErrorView } from '../errors.ts';

/** A tool that the agent may call next, and why it would. */
const ActionSchema = z.strictObject({ tool: z.string(), args: z.record(z.string(), z.unknown()), reason: z.string() });

const FailureDataSchema = z.strictObject({
  ok: z.literal(false),
  error: z.strictObject({
    code: z.string(),
    message: z.string().describe('What happened, and what was and was not changed'),
    way_out: z.string().describe('What the person can do now'),
  }),
});

/** What a tool answers, before it is put into its envelope. */
export interface Answer<Data> {
  /** One sentence that says it all. */
  readonly headline: string;
  readonly data: Data;
  readonly actions?: readonly z.infer<typeof ActionSchema>[];
  readonly warnings?: readonly string[];
  /** Lists in `data` were cut. */
  readonly truncated?: boolean;
  readonly isError?: boolean;
}

export type Failure = Answer<z.infer<typeof FailureDataSchema>>;

/**
 * The form of every answer, that of Log10x's MCP server.
 * @see PROVIDERS.md of the design, "Log10x", row "envelope".
 */
export function envelopeSchema<Data extends z.ZodType>(tool: string, data: Data) {
  return z.strictObject({
    schema_version: z.literal('1.0'),
    schema_epoch: z.literal('2026-05-25'),
    tool: z.literal(tool),
    generated_at: z.iso.datetime(),
    view: z.literal('summary'),
    summary: z.strictObject({ headline: z.string() }),
    data: z.union([data, FailureDataSchema]),
    actions: z.array(ActionSchema),
    truncated: z.boolean(),
    warnings: z.array(z.string()),
  });
}

/** An answer in its envelope, both as structured content and as text for clients that only read that. */
export function inEnvelope(tool: string, answer: Answer<unknown>): CallToolResult {
  const envelope = {
    schema_version: '1.0',
    schema_epoch: '2026-05-25',
    tool,
    generated_at: new Date().toISOString(),
    view: 'summary',
    summary: { headline: answer.headline },
    data: answer.data,
    actions: answer.actions ?? [],
    truncated: answer.truncated ?? false,
    warnings: answer.warnings ?? [],
  };
  return {
    content: [{ type: 'text', text: JSON.stringify(envelope) }],
    structuredContent: envelope,
    ...(answer.isError && { isError: true }),
  };
}

export function failure(error: ErrorView, actions: Answer<unknown>['actions'] = []): Failure {
  const { code, message, wayOut } = error;
  return {
    headline: message,
    data: { ok: false, error: { code, message, way_out: wayOut } },
    actions,
    isError: true,
  };
}
