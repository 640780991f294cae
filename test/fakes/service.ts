import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { insteadOfRotating, insteadOfTheKey, type Rotated } from './misbehaviour.ts';
import { type RecordedRequest, record } from './recorded-request.ts';
import { deliver, json, type Reply } from './reply.ts';
import { type Switch, Switches } from './switches.ts';

/** What a service documents as its answer to one request. */
export type Answer =
  | { readonly kind: 'reply'; readonly reply: Reply }
  /** To the question whether a key is good. */
  | { readonly kind: 'verification'; readonly reply: Reply }
  /** To a request to rotate that it takes. */
  | { readonly kind: 'rotation'; readonly rotate: () => Rotated; readonly reply: (rotated: Rotated) => Reply }
  /** To a request to revoke a key that it has. */
  | { readonly kind: 'revocation'; readonly revoke: () => void; readonly reply: Reply };

export const reply = (status: number, document: unknown): Answer => ({ kind: 'reply', reply: json(status, document) });

/**
 * A service that rotates keys, played by a real HTTP server on a free port of 127.0.0.1. It answers as PROVIDERS.md
 * has it, misbehaves where a switch says so, and prints nothing.
 */
export abstract class FakeService {
  /** All that came, in its order. */
  readonly requests: RecordedRequest[] = [];
  /** How often a key was really replaced, or a second one made. */
  rotations = 0;
  /** How often a key was really revoked. */
  revocations = 0;
  /** How long it takes for any answer, in milliseconds: a real one is far away. */
  latencyMs = 0;
  protected readonly switches = new Switches();
  #late = 0;
  readonly #server: Server = createServer((incoming, response) => {
    record(incoming)
      .then((request) => this.#respond(request, response))
      .catch(() => response.destroy());
  });

  /** Path of the base URL. */
  protected abstract readonly basePath: string;
  protected abstract answer(request: RecordedRequest): Answer;
  /** How this service says no. */
  protected abstract no(status: number): Reply;
  protected abstract asksToRotate(request: RecordedRequest): boolean;

  /** The base URL to give to Rekey. */
  get url(): string {
    const { port } = this.#server.address() as AddressInfo; // a listening TCP server has no other kind
    return `http://127.0.0.1:${port}${this.basePath}`;
  }

  /** Requests to rotate that arrived, whatever became of them. */
  get rotationRequests(): number {
    return this.requests.filter((request) => this.asksToRotate(request)).length;
  }

  /** Whether it has yet to do what it was asked for. */
  get isLate(): boolean {
    return this.#late > 0;
  }

  /** Misbehaves in exactly these ways from now on; without any, behaves again. */
  fail(...switches: readonly Switch[]): void {
    this.switches.set(switches);
  }

  async listen(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await new Promise<void>((resolve, reject) => this.#server.once('listening', resolve).once('error', reject));
    return this;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #respond(request: RecordedRequest, response: ServerResponse): Promise<void> {
    this.requests.push(request);
    if (this.latencyMs > 0) await wait(this.latencyMs);
    const answer = this.answer(request);
    if (answer.kind === 'reply') return deliver(answer.reply, response);
    if (answer.kind === 'verification') return this.#verify(answer.reply, response);
    if (answer.kind === 'revocation') return this.#revoke(answer, response);
    const refusal = insteadOfRotating(this.switches, (status) => this.no(status));
    if (refusal) return deliver(refusal, response);
    const lateness = this.switches.ms('rotatesAfterMs');
    this.#late += 1;
    if (lateness > 0) await wait(lateness);
    this.#late -= 1;
    const rotated = answer.rotate();
    this.rotations += 1;
    const good = answer.reply(rotated);
    await deliver(insteadOfTheKey(this.switches, rotated, good) ?? good, response, this.switches);
  }

  async #revoke({ revoke, reply }: Extract<Answer, { kind: 'revocation' }>, response: ServerResponse): Promise<void> {
    if (this.switches.has('refuses-revocations')) return deliver(this.no(500), response);
    revoke();
    this.revocations += 1;
    await deliver(reply, response);
  }

  async #verify(good: Reply, response: ServerResponse): Promise<void> {
    if (this.switches.has('verification-breaks')) return deliver('break', response);
    await deliver(this.switches.has('verification-500') ? this.no(500) : good, response);
  }
}
