import { useMemo } from 'react';
import { PracticeCarrier } from '../carrier/practice-carrier.ts';
import { Answers } from '../data/answers.ts';
import { type Rekey, useRekey } from '../data/use-rekey.tsx';

let known: { readonly id: string; readonly rekey: Rekey } | null = null;

/** Practice's core for the real components of the pages. @param id of the practice that runs. */
export function usePracticeRekey(id: string): Rekey {
  const { api } = useRekey();
  return useMemo(() => {
    if (known?.id === id) return known.rekey;
    // What an earlier practice answered is none of this one's.
    known?.rekey.answers.close();
    const carrier = new PracticeCarrier(api);
    known = { id, rekey: { api: carrier, answers: new Answers(carrier) } };
    return known.rekey;
  }, [api, id]);
}
