import type { PreloadBridge } from '../../preload/bridge.ts';
import type { AnyEvent, CallInput, CallName, CallOutput } from '../../preload/contract.ts';
import { CallFailure } from './call-failure.ts';
import type { Carrier, Connection } from './carrier.ts';

/** Calls and events over Electron's preload. */
export class PreloadCarrier implements Carrier {
  readonly #bridge: PreloadBridge;

  constructor(bridge: PreloadBridge) {
    this.#bridge = bridge;
  }

  async call<K extends CallName>(name: K, input: CallInput<K>): Promise<CallOutput<K>> {
    const answer = await this.#bridge.call(name, input);
    if ('failure' in answer) throw new CallFailure(answer.failure);
    return answer.result as CallOutput<K>; // the core has checked it against the contract
  }

  on(listener: (event: AnyEvent) => void): () => void {
    return this.#bridge.on(listener);
  }

  /** A window doesn't outlive its core. */
  onConnection(listener: (connection: Connection) => void): () => void {
    listener('open');
    return () => {};
  }
}
