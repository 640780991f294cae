import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What is sent in the place of the answer to a rotation that has happened. */
export type Rotated = (socket: Socket, fresh: string) => void;

/** BitScale's server in the hands of somebody else: it rotates, and answers as it likes, byte by byte. */
export class HostileBitscale {
  key = newKey();
  rotationRequests = 0;
  readonly #rotated: Rotated;
  /** The key that its rotation makes. */
  readonly next: string;
  readonly #server: Server = createServer((request, response) => this.#answer(request, response));

  /** @param next the key that the rotation makes. */
  static async start(rotated: Rotated, next = newKey()): Promise<HostileBitscale> {
    const service = new HostileBitscale(rotated, next);
    await new Promise<void>((resolve) => service.#server.listen(0, '127.0.0.1', resolve));
    return service;
  }

  private constructor(rotated: Rotated, next: string) {
    this.#rotated = rotated;
    this.next = next;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/api/v1`;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    request.resume();
    const rotates = request.method === 'POST';
    if (rotates) this.rotationRequests += 1;
    if (request.headers['x-api-key'] !== this.key) {
      response.writeHead(401, { 'Content-Type': 'application/json' }).end('{"message":"Invalid API key"}');
      return;
    }
    if (!rotates) {
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"id":"ws_1","name":"Acme"}');
      return;
    }
    this.key = this.next;
    request.socket.on('error', () => {});
    this.#rotated(request.socket, this.next);
  }
}

export function newKey(): string {
  return `sk-live-${randomBytes(20).toString('hex')}`;
}

/** A head of HTTP, with the empty line behind it. */
export function head(status: number, headers: Readonly<Record<string, string | number>> = {}): string {
  const lines = Object.entries({ 'Content-Type': 'application/json', ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return [`HTTP/1.1 ${status} Whatever`, ...lines, '', ''].join('\r\n');
}

/** Sends a whole answer with this body, and ends. */
export function answer(
  socket: Socket,
  body: string | Buffer,
  headers: Readonly<Record<string, string | number>> = {},
): void {
  socket.end(
    Buffer.concat([
      Buffer.from(head(200, { 'Content-Length': Buffer.byteLength(body), ...headers })),
      Buffer.from(body),
    ]),
  );
}

/** Sends these bytes again and again until the other side has enough, or so many of them were sent. */
export function flood(
  socket: Socket,
  bytes: Buffer,
  total = Number.POSITIVE_INFINITY,
  atTheEnd: () => void = () => socket.end(),
): void {
  let sent = 0;
  const more = (): void => {
    while (sent < total && !socket.destroyed) {
      sent += bytes.length;
      if (!socket.write(bytes)) {
        socket.once('drain', more);
        return;
      }
    }
    if (!socket.destroyed) atTheEnd();
  };
  more();
}

/** One byte in a while, without an end. */
export function drip(socket: Socket, everyMs: number): void {
  const timer = setInterval(() => socket.write(' '), everyMs);
  socket.on('close', () => clearInterval(timer));
}
