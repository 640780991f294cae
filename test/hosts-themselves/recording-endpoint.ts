import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

const MessageSchema = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  method: z.string(),
  params: z.object({ protocolVersion: z.string().optional() }).optional(),
});

/** What came with one request. */
export interface Received {
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}

/** An MCP server over HTTP on 127.0.0.1 that notes what comes, answers the handshake and nothing else. */
export class RecordingEndpoint {
  readonly #received = new Map<string, Received[]>();
  readonly #server: Server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const before = this.#received.get(pathname) ?? [];
    this.#received.set(pathname, [...before, { query: searchParams, headers: request.headers }]);
    const body = await text(request);
    if (request.method !== 'POST') return response.writeHead(405).end();
    const { id, method, params } = MessageSchema.parse(JSON.parse(body));
    if (id === undefined) return response.writeHead(202).end();
    const greeting = {
      protocolVersion: params?.protocolVersion,
      capabilities: {},
      serverInfo: { name: 'acme', version: '1' },
    };
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ jsonrpc: '2.0', id, result: method === 'initialize' ? greeting : {} }));
  });

  async listen(): Promise<this> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening');
    return this;
  }

  /** The address of the server of this name. */
  url(name: string, query: Readonly<Record<string, string>>): string {
    const { port } = this.#server.address() as AddressInfo; // a listening TCP server has no other kind
    // As encodeURIComponent has it: URLSearchParams writes a space as a plus sign.
    const pairs = Object.entries(query).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
    return `http://127.0.0.1:${port}/${name}?${pairs.join('&')}`;
  }

  /** All that came to the server of this name since it was last asked for. */
  received(name: string): readonly Received[] {
    const received = this.#received.get(`/${name}`) ?? [];
    this.#received.delete(`/${name}`);
    return received;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
