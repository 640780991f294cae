import type { Caller } from '../../main/calls/caller.ts';
import { CallError, type Core } from '../../main/calls/dispatch.ts';
import type { AnyEvent, CallInput, CallName, CallOutput } from '../../preload/contract.ts';

/** A core that answers every call with what it was asked, and by whom. */
export class SmallCore implements Core {
  readonly asked: { name: string; input: unknown; caller: Caller }[] = [];
  readonly #listeners = new Set<(event: AnyEvent) => void>();

  async call<K extends CallName>(name: K, input: CallInput<K>, caller: Caller): Promise<CallOutput<K>> {
    return (await this.callUntyped(name, input, caller)) as CallOutput<K>; // an echo has no type of its own
  }

  async callUntyped(name: string, input: unknown, caller: Caller): Promise<unknown> {
    if (name === 'unknown') throw new CallError('unknown-call', 'Not known.', 'Update.');
    if (name === 'broken') throw new TypeError('a detail with sk-live-secret in it');
    this.asked.push({ name, input, caller });
    return { echo: input };
  }

  on(listener: (event: AnyEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(event: AnyEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  get listeners(): number {
    return this.#listeners.size;
  }
}
