import { useRef, useState } from 'react';
import type { Settings } from '../../preload/contract.ts';
import { CallFailure } from '../carrier/call-failure.ts';
import { useRekey } from '../data/use-rekey.tsx';

/**
 * Changes settings, one change after the other: none is left out because the person was quick, and each begins with
 * what the settings are then, since someone else may have changed them too.
 */
export function useChange() {
  const { api, answers } = useRekey();
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const last = useRef<Promise<unknown>>(Promise.resolve());

  /** @returns whether it was done; else `failure` says why. */
  const change = (make: (now: Settings) => Partial<Settings>): Promise<boolean> => {
    const done = last.current.then(async () => {
      setFailure(null);
      try {
        await api.call('changeSettings', make(await api.call('getSettings', {})));
        await answers.ask('getSettings');
        return true;
      } catch (error) {
        setFailure(CallFailure.from(error));
        return false;
      }
    });
    last.current = done;
    return done;
  };
  return { change, failure, forget: () => setFailure(null) };
}
