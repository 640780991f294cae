import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { ErrorCode, type JSONRPCMessage, JSONRPCMessageSchema } from '@modelcontextprotocol/sdk/types.js';
import type { Frames } from './frames.ts';

/** MCP's messages as frames of the local socket. A message that is none ends the connection. */
export class FrameTransport implements Transport {
  onclose?: (() => void) | undefined;
  onerror?: ((error: Error) => void) | undefined;
  onmessage?: Transport['onmessage'];
  readonly #frames: Frames;

  constructor(frames: Frames) {
    this.#frames = frames;
  }

  /** Messages are handed in with {@link take}; there is nothing to start. */
  async start(): Promise<void> {}

  take(value: unknown): void {
    const message = JSONRPCMessageSchema.safeParse(value);
    if (message.success) this.onmessage?.(message.data);
    else this.refuse(ErrorCode.InvalidRequest, 'That is no JSON-RPC message. The connection ends.');
  }

  /** Tells the client why, and ends. */
  refuse(code: number, message: string): void {
    this.#frames.send({ jsonrpc: '2.0', id: null, error: { code, message } });
    this.#frames.end();
  }

  async send(message: JSONRPCMessage): Promise<void> {
    this.#frames.send(message);
  }

  async close(): Promise<void> {
    this.#frames.end();
    this.onclose?.();
  }
}
