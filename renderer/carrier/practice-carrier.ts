import type { AnyEvent, CallInput, CallName, CallOutput } from '../../preload/contract.ts';
import type { Carrier, Connection } from './carrier.ts';

/** Practice's own core, reached through the real one: the same calls and events, of which none touches anything real. */
export class PracticeCarrier implements Carrier {
  readonly #outer: Carrier;

  constructor(outer: Carrier) {
    this.#outer = outer;
  }

  async call<K extends CallName>(name: K, input: CallInput<K>): Promise<CallOutput<K>> {
    const { answer } = await this.#outer.call('callPractice', { name, input });
    return answer as CallOutput<K>; // practice's core has checked it against the contract
  }

  on(listener: (event: AnyEvent) => void): () => void {
    return this.#outer.on((event) => event.name === 'practice' && listener(event.payload));
  }

  onConnection(listener: (connection: Connection) => void): () => void {
    return this.#outer.onConnection(listener);
  }
}
