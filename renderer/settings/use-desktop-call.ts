import { useState } from 'react';
import { CallFailure } from '../carrier/call-failure.ts';
import { useRekey } from '../data/use-rekey.tsx';

/** The calls that change something of the desktop app and need to be told no more. */
type DesktopCall = 'checkForUpdate' | 'downloadUpdate' | 'installUpdate' | 'copyCrashNote' | 'dismissCrashNote';

interface DesktopCalls {
  readonly failure: CallFailure | null;
  call(name: DesktopCall): Promise<boolean>;
  turn(name: 'setStartAtLogin' | 'setUpdateChecks', on: boolean): Promise<boolean>;
}

/** Things of the desktop app, with their failing. Several may be under way, and the last failure is told. */
export function useDesktopCalls(): DesktopCalls {
  const { api, answers } = useRekey();
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const run = async (work: () => Promise<unknown>): Promise<boolean> => {
    setFailure(null);
    try {
      await work();
      await answers.ask('getDesktop');
      return true;
    } catch (error) {
      setFailure(CallFailure.from(error));
      return false;
    }
  };
  return {
    failure,
    call: (name) => run(() => api.call(name, {})),
    turn: (name, on) => run(() => api.call(name, { on })),
  };
}
