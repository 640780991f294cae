import type { Socket } from 'node:net';
import { z } from 'zod';
import { RekeyError } from '../main/errors.ts';
import { Frames } from '../main/mcp/frames.ts';
import { type Reply, ReplySchema, type Request } from '../main/mcp/hello.ts';
import type { CallInput, CallName, CallOutput, RekeyApi } from '../preload/contract.ts';
import { type AnyEvent, calls, events } from '../preload/contract.ts';
import { connectToApp, connectToRunningApp } from './connect.ts';
import { makeHello } from './hello.ts';
import type { Installation } from './installation.ts';

/** Longest answer of the app, in bytes; lists of rotations with their plans can be long. */
const LONGEST_ANSWER_BYTES = 64_000_000;

/** How a failed call of the app arrives at the command line, its code and sentences kept. */
export class AppFailure extends RekeyError {}

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** The core as the command line sees it, over the local socket. */
export class CoreClient implements RekeyApi {
  readonly #socket: Socket;
  readonly #frames: Frames;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Set<(event: AnyEvent) => void>();
  readonly #ended = new AbortController();
  #nextId = 0;
  #subscribed = false;

  static async open(installation: Installation, program: string, interactive: boolean): Promise<CoreClient> {
    return new CoreClient(await connectToApp(installation, makeHello('calls', program, interactive)));
  }

  /** Null when no app runs; none is started. */
  static async openRunning(program: string, interactive: boolean): Promise<CoreClient | null> {
    const socket = await connectToRunningApp(makeHello('calls', program, interactive));
    return socket && new CoreClient(socket);
  }

  constructor(socket: Socket) {
    this.#socket = socket;
    this.#frames = new Frames(
      socket,
      (frame) => this.#take(frame),
      (error) => this.#end(error),
      { bytes: LONGEST_ANSWER_BYTES },
    );
    // A broken connection is followed by `close`.
    socket.on('error', () => {});
    socket.on('close', () =>
      this.#end(new AppFailure('app-ended', 'The Rekey app has ended.', 'Start it and see what `rekey status` says.')),
    );
    socket.resume();
  }

  /** Aborted when the app is no longer there. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  async call<K extends CallName>(name: K, input: CallInput<K>): Promise<CallOutput<K>> {
    const result = calls[name].output.safeParse(await this.#ask({ id: this.#nextId++, call: name, input }));
    if (!result.success) throw otherVersion();
    // TypeScript doesn't follow the name through the union of schemas.
    return result.data as CallOutput<K>;
  }

  on(listener: (event: AnyEvent) => void): () => void {
    this.#listeners.add(listener);
    if (!this.#subscribed) {
      this.#subscribed = true;
      // Fails only with the connection, which `ended` tells.
      this.#ask({ id: this.#nextId++, subscribe: true }).catch(() => {});
    }
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#socket.destroy();
  }

  #ask(request: Request): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#ended.signal.aborted) {
        reject(this.#ended.signal.reason);
        return;
      }
      this.#waiting.set(request.id, { resolve, reject });
      this.#frames.send(request);
    });
  }

  #take(frame: unknown): void {
    const parsed = ReplySchema.safeParse(frame);
    if (!parsed.success) this.#end(otherVersion());
    else this.#handle(parsed.data);
  }

  #handle(reply: Reply): void {
    if ('event' in reply) {
      this.#tell(reply);
      return;
    }
    const failure =
      'failure' in reply ? new AppFailure(reply.failure.code, reply.failure.message, reply.failure.wayOut) : null;
    if (!('id' in reply)) {
      if (failure) this.#end(failure);
      return;
    }
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (failure) waiting?.reject(failure);
    else if ('result' in reply) waiting?.resolve(reply.result);
  }

  #tell({ event, payload }: { event: string; payload?: unknown }): void {
    const parsed = EventSchema.safeParse({ name: event, payload });
    // An event that this version doesn't know is none of its business.
    if (parsed.success) for (const listener of this.#listeners) listener(parsed.data);
  }

  #end(reason: Error): void {
    if (this.#ended.signal.aborted) return;
    this.#ended.abort(reason);
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
    this.#socket.destroy();
  }
}

const EventSchema = z.discriminatedUnion('name', [
  z.object({ name: z.literal('changed'), payload: events.changed }),
  z.object({ name: z.literal('approval'), payload: events.approval }),
  z.object({ name: z.literal('rotation'), payload: events.rotation }),
  z.object({ name: z.literal('reminder'), payload: events.reminder }),
]);

function otherVersion(): AppFailure {
  return new AppFailure(
    'other-version',
    'The Rekey app that runs is of another version than this program.',
    'End the app and start it again.',
  );
}
