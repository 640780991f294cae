import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Trouble } from './practice.schema.ts';

/** Nobody has to send more than an empty object. */
const MOST_BYTES = 1_000;

/**
 * A service that rotates its one key in place, as BitScale does, on a free port of 127.0.0.1. What it hands out opens
 * nothing, anywhere.
 */
export class PracticeService {
  readonly #server: Server = createServer((request, response) => void this.#answer(request, response));
  /** All that it ever took, the one of now last. */
  readonly #keys: [string, ...string[]] = [newKey()];
  #breaksNext: boolean;

  constructor(trouble: Trouble) {
    this.#breaksNext = trouble === 'connection-breaks';
  }

  get origin(): string {
    const { port } = this.#server.address() as AddressInfo; // a listening TCP server has no other kind
    return `http://127.0.0.1:${port}`;
  }

  get key(): string {
    return this.#keys.at(-1) ?? this.#keys[0];
  }

  /** The one of now and those that it has replaced. */
  get keys(): readonly string[] {
    return this.#keys;
  }

  async listen(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await new Promise<void>((resolve, reject) => this.#server.once('listening', resolve).once('error', reject));
    return this;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url, headers } = request;
    if (!(await isSmall(request))) return void response.destroy();
    if (headers['x-api-key'] !== this.key) return reply(response, 401, { message: 'Invalid API key' });
    if (method === 'GET' && url === '/workspace') return reply(response, 200, { name: 'Practice' });
    if (method !== 'POST' || url !== '/api-key/rotate') return reply(response, 404, { message: 'Not found' });
    this.#keys.push(newKey());
    if (!this.#breaksNext) return reply(response, 200, { api_key: this.key });
    this.#breaksNext = false;
    response.destroy();
  }
}

function newKey(): string {
  return `practice-${randomBytes(12).toString('hex')}`;
}

async function isSmall(request: IncomingMessage): Promise<boolean> {
  let length = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) length += chunk.length;
  } catch {
    // Whoever asked has gone.
    return false;
  }
  return length <= MOST_BYTES;
}

function reply(response: ServerResponse, status: number, document: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(document));
}
