import type { CallToolResult, ToolAnnotations, Tool as ToolListing } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import type { RekeyApi } from '../../preload/contract.ts';
import type { Secret } from '../credentials/secret.ts';
import { errorView } from '../errors.ts';
import { type Answer, envelopeSchema, type Failure, failure, inEnvelope } from './envelope.ts';

/** What a tool has while it answers one call. */
export interface Asked {
  /** The core, with the agent as the caller. */
  readonly api: RekeyApi;
  /** Aborted when the client cancels, and when its connection ends. */
  readonly signal: AbortSignal;
  /** Tells the client how far it is, if it asked to be told. No secret may stand in it. */
  readonly progress: (message: string) => void;
  /** Milliseconds between two signs of life while a person is waited for. */
  readonly progressEveryMs: number;
  /** The new key, once, if the person gave it to this client with that approval. */
  readonly takeKeyForClient: (approvalId: string) => Promise<Secret | null>;
}

interface ToolSpec<Input extends z.ZodObject, Data extends z.ZodType> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly annotations: ToolAnnotations;
  readonly input: Input;
  /** Schema of the envelope's `data` when all went well; the one of failures is added. */
  readonly data: Data;
  run(input: z.output<Input>, asked: Asked): Promise<Answer<z.input<Data>> | Failure>;
}

/** A tool as the server sees it. */
export interface Tool {
  readonly name: string;
  readonly listing: ToolListing;
  /** Never throws: whatever goes wrong is an answer too. */
  call(input: unknown, asked: Asked): Promise<CallToolResult>;
}

export function defineTool<Input extends z.ZodObject, Data extends z.ZodType>(spec: ToolSpec<Input, Data>): Tool {
  const { name, title, description, annotations, input, data } = spec;
  const envelope = envelopeSchema(name, data);
  return {
    name,
    listing: {
      name,
      title,
      description,
      annotations,
      inputSchema: jsonSchema(input, 'input'),
      outputSchema: jsonSchema(envelope, 'output'),
    },
    async call(given, asked) {
      try {
        const parsed = input.safeParse(given ?? {});
        if (!parsed.success) return inEnvelope(name, badArguments(name, parsed.error));
        const result = inEnvelope(name, await spec.run(parsed.data, asked));
        envelope.parse(result.structuredContent);
        return result;
      } catch (error) {
        return inEnvelope(name, failure(errorView(error)));
      }
    },
  };
}

/** Draft 7, which every client's validator knows. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): ToolListing['inputSchema'] {
  // Every schema here is an object's, which the SDK's type wants to see in the type.
  return z.toJSONSchema(schema, { target: 'draft-7', io }) as ToolListing['inputSchema'];
}

/** Says where the arguments are wrong and what is expected there, not what was given. */
function badArguments(tool: string, error: z.ZodError): Failure {
  const reasons = error.issues.map(({ path, message }) =>
    path.length > 0 ? `${path.join('.')}: ${message}` : message,
  );
  return failure({
    code: 'bad-arguments',
    message: `The arguments of ${tool} can't be used: ${reasons.join('; ')}. Nothing was changed.`,
    wayOut: 'Correct them and call again.',
  });
}
