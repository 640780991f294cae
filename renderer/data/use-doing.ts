import { useState } from 'react';
import { CallFailure } from '../carrier/call-failure.ts';

export interface Doing {
  readonly busy: boolean;
  readonly failure: CallFailure | null;
  /** Runs it unless it runs already; what it throws becomes `failure`. @returns whether it was done. */
  run(work: () => Promise<void>): Promise<boolean>;
  forget(): void;
}

/** One thing that a person can have done, with its waiting and its failing. */
export function useDoing(): Doing {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const run = async (work: () => Promise<void>): Promise<boolean> => {
    if (busy) return false;
    setBusy(true);
    setFailure(null);
    try {
      await work();
      return true;
    } catch (error) {
      setFailure(CallFailure.from(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, failure, run, forget: () => setFailure(null) };
}
