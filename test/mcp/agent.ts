import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { CallToolResult, Progress } from '@modelcontextprotocol/sdk/types.js';
import type { BuiltBridge } from '../bridge/built-bridge.ts';

/** An MCP client, as an agent's program is one, at the other end of a real bridge process. */
export class Agent {
  readonly client: Client;
  readonly transport: StdioClientTransport;
  readonly stderr: string[] = [];
  /** Every message that came over the wire, as JSON. */
  readonly received: string[] = [];

  static async connect({ program }: Pick<BuiltBridge, 'program'>, home: string, name = 'test-agent'): Promise<Agent> {
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [program, 'mcp'],
      env: { REKEY_HOME: home, HOME: home },
      stderr: 'pipe',
    });
    const agent = new Agent(new Client({ name, version: '1.2.3' }), transport);
    await agent.client.connect(transport);
    const { onmessage } = transport;
    transport.onmessage = (message) => {
      agent.received.push(JSON.stringify(message));
      onmessage?.(message);
    };
    return agent;
  }

  constructor(client: Client, transport: StdioClientTransport) {
    this.client = client;
    this.transport = transport;
    transport.stderr?.on('data', (chunk: Buffer) => this.stderr.push(chunk.toString()));
  }

  /** Calls a tool; the SDK's client checks the answer against the output schema that `listTools` has given. */
  async call(name: string, args: Record<string, unknown> = {}, options: CallOptions = {}): Promise<Answered> {
    const result = await this.client.callTool({ name, arguments: args }, undefined, options);
    return { ...(result as CallToolResult), envelope: result.structuredContent as unknown as Envelope };
  }

  close(): Promise<void> {
    return this.client.close();
  }
}

export interface CallOptions {
  readonly onprogress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
  readonly timeout?: number;
}

export interface Envelope {
  readonly tool: string;
  readonly summary: { readonly headline: string };
  readonly data: Record<string, unknown>;
  readonly actions: readonly { readonly tool: string; readonly args: Record<string, unknown> }[];
  readonly truncated: boolean;
  readonly warnings: readonly string[];
}

export interface Answered extends CallToolResult {
  readonly envelope: Envelope;
}
