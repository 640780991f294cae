import type { ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { AnyEvent } from '../../../preload/contract.ts';

const HEARTBEAT_MS = 20_000;
const PATIENCE_MS = 500;
/** A page that doesn't read is cut off; it asks anew when it comes back. */
const MOST_BUFFERED_BYTES = 4_000_000;

/** The pages that listen, each over a stream of server-sent events. */
export class EventStreams {
  readonly #open = new Set<ServerResponse>();
  readonly #heartbeat: NodeJS.Timeout;

  constructor() {
    // So that a page notices within seconds when the program is gone, even behind a proxy that keeps connections.
    this.#heartbeat = setInterval(() => this.#send(': still here\n\n'), HEARTBEAT_MS);
    this.#heartbeat.unref();
  }

  /** Whether somebody can see what is sent. */
  get connected(): boolean {
    return this.#open.size > 0;
  }

  add(response: ServerResponse): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store' });
    response.write(': welcome\n\n');
    this.#open.add(response);
    response.on('close', () => this.#open.delete(response));
  }

  send(event: AnyEvent): void {
    this.#send(`data: ${JSON.stringify(event)}\n\n`);
  }

  /** Ends the streams; a page that doesn't take the end within a moment is cut off by the server. */
  async close(): Promise<void> {
    clearInterval(this.#heartbeat);
    const ends = [...this.#open].map((response) => new Promise<void>((resolve) => response.end(resolve)));
    await Promise.race([Promise.all(ends), setTimeout(PATIENCE_MS, undefined, { ref: false })]);
  }

  #send(text: string): void {
    for (const response of this.#open) {
      if (response.writableLength > MOST_BUFFERED_BYTES) response.destroy();
      else response.write(text);
    }
  }
}
