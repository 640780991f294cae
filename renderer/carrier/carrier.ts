import type { CallInput, CallName, CallOutput, RekeyApi } from '../../preload/contract.ts';
import { CallFailure } from './call-failure.ts';
import { HttpCarrier } from './http-carrier.ts';

/** `lost`: the core doesn't answer, and is tried again · `signed-out`: it answers, and doesn't know this page. */
export type Connection = 'open' | 'lost' | 'signed-out';

/** The core as a page holds it. */
export interface Carrier extends RekeyApi {
  /**
   * Tells the state of the connection now and whenever it changes; `open` again means that events may have been missed.
   * @returns the disposer.
   */
  onConnection(listener: (connection: Connection) => void): () => void;
}

/** Electron's preload where there is one, else HTTP. */
export function chooseCarrier(): Carrier {
  const { rekey } = window;
  if (!rekey) return new HttpCarrier();
  return {
    async call<K extends CallName>(name: K, input: CallInput<K>): Promise<CallOutput<K>> {
      const answer = await rekey.call(name, input);
      if ('failure' in answer) throw new CallFailure(answer.failure);
      return answer.result as CallOutput<K>; // the core has checked it against the contract
    },
    on: (listener) => rekey.on(listener),
    onConnection(listener) {
      listener('open');
      return () => {};
    },
  };
}
