import { useState } from 'react';
import type { CallInput } from '../../preload/contract.ts';
import { type Doing, useDoing } from '../data/use-doing.ts';
import { useRekey } from '../data/use-rekey.tsx';
import { callOf, missingFields, type NewKey } from './new-key.ts';

/** What a form for a new credential shows and does. */
export interface NewCredential {
  readonly entered: NewKey;
  /** Fields that are still needed, once the person has tried to go on without them. */
  readonly missing: ReadonlySet<string>;
  readonly doing: Doing;
  change(part: Partial<NewKey>): void;
  submit(evenIfRefused: boolean): Promise<void>;
}

/**
 * @param store stores the credential; it fails as calls do.
 * @param onStored is told the name of what was stored.
 */
export function useNewCredential(
  initial: NewKey,
  store: (call: CallInput<'addCredential'>) => Promise<unknown>,
  onStored: (name: string) => void,
): NewCredential {
  const { answers } = useRekey();
  const [entered, setEntered] = useState(initial);
  const [tried, setTried] = useState(false);
  const doing = useDoing();
  return {
    entered,
    missing: tried ? missingFields(entered) : new Set(),
    doing,
    change(part) {
      doing.forget();
      setEntered({ ...entered, ...part });
    },
    async submit(evenIfRefused) {
      setTried(true);
      if (!entered.provider || missingFields(entered).size > 0) return;
      const call = callOf(entered, entered.provider);
      const stored = await doing.run(async () => {
        await store({ ...call, ...(evenIfRefused && { evenIfRefused }) });
        await answers.ask('listCredentials');
      });
      if (stored) onStored(call.name);
    },
  };
}
