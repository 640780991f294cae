import type { AnyEvent } from '../../preload/contract.ts';
import type { Caller } from '../calls/caller.ts';
import type { Core } from '../calls/dispatch.ts';
import { type ErrorView, errorView } from '../errors.ts';
import type { Frames } from './frames.ts';
import { type Reply, RequestSchema } from './hello.ts';

/** One command line at the other end: carries its calls to the core, and events back once it asks for them. */
export class CallsSession {
  readonly #core: Core;
  readonly #caller: Caller;
  readonly #frames: Frames;
  /** Questions to a person that came from here; whoever asked is no longer there to hear the answer after the end. */
  readonly #asked = new Set<string>();
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
    if ('subscribe' in request.data) this.#subscribe(request.data.id);
    else void this.#call(request.data.id, request.data.call, request.data.input);
  }

  refuse(failure: ErrorView): void {
    this.#send({ failure });
    this.#frames.end();
  }

  close(): void {
    this.#closed = true;
    this.#stopListening?.();
    for (const id of this.#asked) this.#withdraw(id);
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
