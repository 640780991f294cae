import type { AnyEvent, CallInput, CallName, CallOutput } from '../../preload/contract.ts';
import { CallFailure } from './call-failure.ts';
import type { Carrier, Connection } from './carrier.ts';
import { eventLines } from './event-lines.ts';
import { PageSession } from './page-session.ts';

const RETRY_MS = [500, 1_000, 2_000, 5_000];
/** A page out of sight stops listening: browsers allow few connections, and what waits is then shown elsewhere. */
const HIDDEN_FOR_MS = 30_000;

/** Calls over HTTP, events over a stream, to the program that served the page. */
export class HttpCarrier implements Carrier {
  readonly #session = new PageSession();
  readonly #ready: Promise<void>;
  readonly #listeners = new Set<(event: AnyEvent) => void>();
  readonly #connectionListeners = new Set<(connection: Connection) => void>();
  #connection: Connection = 'open';
  #stream: AbortController | null = null;

  constructor() {
    this.#ready = this.#session.signIn().catch(() => this.#become('lost'));
    this.#listenWhileVisible();
  }

  async call<K extends CallName>(name: K, input: CallInput<K>): Promise<CallOutput<K>> {
    await this.#ready;
    const answer = await this.#post(name, input);
    if ('failure' in answer) throw new CallFailure(answer.failure);
    return answer.result as CallOutput<K>; // the core has checked it against the contract
  }

  on(listener: (event: AnyEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onConnection(listener: (connection: Connection) => void): () => void {
    this.#connectionListeners.add(listener);
    listener(this.#connection);
    return () => this.#connectionListeners.delete(listener);
  }

  async #post(name: CallName, input: unknown): Promise<{ result: unknown } | { failure: CallFailure }> {
    try {
      const response = await fetch(`/call/${name}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...this.#session.headers },
        body: JSON.stringify(input),
      });
      if (response.status === 401) this.#become('signed-out');
      return await response.json();
    } catch {
      return { failure: CallFailure.notReached() };
    }
  }

  #become(connection: Connection): void {
    this.#connection = connection;
    for (const listener of this.#connectionListeners) listener(connection);
  }

  #listenWhileVisible(): void {
    let hiding: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(hiding);
      if (document.hidden) hiding = setTimeout(() => this.#stopListening(), HIDDEN_FOR_MS);
      else if (!this.#stream) void this.#listen();
    };
    document.addEventListener('visibilitychange', look);
    look();
  }

  #stopListening(): void {
    this.#stream?.abort();
    this.#stream = null;
  }

  async #listen(): Promise<void> {
    const stream = new AbortController();
    this.#stream = stream;
    await this.#ready;
    for (let tries = 0; !stream.signal.aborted && this.#connection !== 'signed-out'; tries++) {
      try {
        const response = await fetch('/events', { headers: this.#session.headers, signal: stream.signal });
        if (!response.ok || !response.body) return this.#become('signed-out');
        tries = 0;
        this.#become('open');
        for await (const event of eventLines(response.body)) for (const listener of this.#listeners) listener(event);
      } catch {
        // Whatever broke the stream, the answer is the same: say so and try again.
      }
      if (stream.signal.aborted) return;
      this.#become('lost');
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS[tries] ?? RETRY_MS.at(-1)));
    }
  }
}
