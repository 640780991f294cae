import type { AnyEvent } from '../../preload/contract.ts';
import type { Caller } from '../calls/caller.ts';
import type { Core } from '../calls/dispatch.ts';
import { type ErrorView, errorView } from '../errors.ts';
import type { Frames } from './frames.ts';
import { type Reply, RequestSchema } from './hello.ts';

/** Calls of one connection that are done side by side; a listing of all files takes some memory each time. */
const MOST_AT_ONCE = 16;

/** One command line at the other end: carries its calls to the core, and events back once it asks for them. */
export class CallsSession {
  readonly #core: Core;
  readonly #caller: Caller;
  readonly #frames: Frames;
  /** Questions to a person that came from here; whoever asked is no longer there to hear the answer after the end. */
  readonly #asked = new Set<string>();
  #running = 0;
  /** What was read and waits for its turn. */
  readonly #queue: (() => Promise<void>)[] = [];
  #stopListening: (() => void) | null = null;
  #closed = false;

  constructor(core: Core, caller: Caller, frames: Frames) {
    this.#core = core;
    this.#caller = caller;
    this.#frames = frames;
  }

  take(value: unknown): void {
    const request = RequestSchema.safeParse(value);
    if (!request.success) {
      this.refuse({
        code: 'bad-frame',
        message: 'A message had not the agreed form. The connection ends; nothing was changed by it.',
        wayOut: 'Update Rekey: its parts are of different versions.',
      });
      return;
    }
    const asked = request.data;
    if ('subscribe' in asked) {
      this.#subscribe(asked.id);
      return;
    }
    this.#queue.push(() => this.#call(asked.id, asked.call, asked.input));
    this.#next();
  }

  refuse(failure: ErrorView): void {
    this.#send({ failure });
    this.#frames.end();
  }

  close(): void {
    this.#closed = true;
    this.#queue.length = 0;
    this.#stopListening?.();
    for (const id of this.#asked) this.#withdraw(id);
  }

  /** Begins what can begin; as long as something waits, nothing more is read. */
  #next(): void {
    while (this.#running < MOST_AT_ONCE) {
      const work = this.#queue.shift();
      if (!work) {
        this.#frames.release();
        return;
      }
      this.#running += 1;
      void work().finally(() => {
        this.#running -= 1;
        this.#next();
      });
    }
    if (this.#queue.length > 0) this.#frames.hold();
  }

  #subscribe(id: number): void {
    this.#stopListening ??= this.#core.on(({ name, payload }: AnyEvent) => this.#send({ event: name, payload }));
    this.#send({ id, result: {} });
  }

  async #call(id: number, name: string, input: unknown): Promise<void> {
    try {
      const result = await this.#core.callUntyped(name, input, this.#caller);
      if (name === 'requestRotation') this.#remember(result);
      this.#send({ id, result });
    } catch (error) {
      this.#send({ id, failure: errorView(error) });
    }
  }

  #remember(approval: unknown): void {
    if (typeof approval !== 'object' || approval === null || !('id' in approval)) return;
    if (typeof approval.id !== 'string') return;
    if (this.#closed) this.#withdraw(approval.id);
    else this.#asked.add(approval.id);
  }

  /** Refused by the core when it was decided already: then there is nothing to take back. */
  #withdraw(id: string): void {
    this.#core.call('withdraw', { id }, this.#caller).catch(() => {});
  }

  #send(reply: Reply): void {
    this.#frames.send(reply);
  }
}
