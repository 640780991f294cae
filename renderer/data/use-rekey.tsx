import { createContext, use, useEffect, useSyncExternalStore } from 'react';
import type { Carrier } from '../carrier/carrier.ts';
import type { Answer, Answers, ShownCall } from './answers.ts';

export interface Rekey {
  readonly api: Carrier;
  readonly answers: Answers;
}

const RekeyContext = createContext<Rekey | null>(null);

export const RekeyProvider = RekeyContext.Provider;

export function useRekey(): Rekey {
  const rekey = use(RekeyContext);
  if (!rekey) throw new Error('outside of RekeyProvider');
  return rekey;
}

/** What the core answers to a call without input, now and after each change. */
export function useAnswer<K extends ShownCall>(name: K): Answer<K> {
  const { answers } = useRekey();
  useEffect(() => answers.want(name), [answers, name]);
  return useSyncExternalStore(answers.subscribe, () => answers.get(name));
}
