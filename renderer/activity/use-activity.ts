import { useCallback, useEffect, useState } from 'react';
import type { ActivityEntry } from '../../main/activity/activity.schema.ts';
import { CallFailure } from '../carrier/call-failure.ts';
import { useRekey } from '../data/use-rekey.tsx';
import { joined } from './joined.ts';

/** Entries that are asked for at once. */
const PAGE = 100;

interface Shown {
  /** Newest first; null until the first answer. */
  readonly entries: readonly ActivityEntry[] | null;
  readonly failure: CallFailure | null;
  /** Whether there are entries before these. */
  readonly hasOlder: boolean;
  showOlder(): Promise<void>;
}

type Held = Pick<Shown, 'entries' | 'hasOlder'> & { readonly credential: string | null };

/** @param credential name of the one whose entries are wanted; null: of all. */
export function useActivity(credential: string | null): Shown {
  const { api } = useRekey();
  const [held, setHeld] = useState<Held>({ credential, entries: null, hasOlder: false });
  const [failure, setFailure] = useState<CallFailure | null>(null);

  const ask = useCallback(
    (before?: number) =>
      api.call('listActivity', {
        limit: PAGE,
        ...(before !== undefined && { before }),
        ...(credential !== null && { credential }),
      }),
    [api, credential],
  );

  useEffect(() => {
    let left = false;
    const askNewest = async (): Promise<void> => {
      try {
        const newest = await ask();
        if (left) return;
        setFailure(null);
        setHeld((now) => newestIn(now.credential === credential ? now : null, newest, credential));
      } catch (error) {
        if (!left) setFailure(CallFailure.from(error));
      }
    };
    void askNewest();
    const stopListening = api.on((event) => {
      if (event.name === 'changed' && event.payload.topic === 'activity') void askNewest();
    });
    // Events may have been missed while the connection was lost.
    const stopWatching = api.onConnection((connection) => {
      if (connection === 'open') void askNewest();
    });
    return () => {
      left = true;
      stopListening();
      stopWatching();
    };
  }, [api, ask, credential]);

  const showOlder = async (): Promise<void> => {
    const last = held.entries?.at(-1);
    if (!last) return;
    try {
      const older = await ask(last.position);
      setHeld((now) => {
        // Whoever has chosen another key meanwhile wants none of these.
        if (now.credential !== credential || now.entries?.at(-1)?.position !== last.position) return now;
        return { credential, entries: [...now.entries, ...older], hasOlder: older.length === PAGE };
      });
    } catch (error) {
      setFailure(CallFailure.from(error));
    }
  };
  const current = held.credential === credential ? held : null;
  return { entries: current?.entries ?? null, failure, hasOlder: current?.hasOlder ?? false, showOlder };
}

function newestIn(now: Held | null, newest: readonly ActivityEntry[], credential: string | null): Held {
  const entries = joined(newest, now?.entries ?? [], newest.length === PAGE);
  const keepsOlder = now !== null && entries.length > newest.length;
  return { credential, entries, hasOlder: keepsOlder ? now.hasOlder : newest.length === PAGE };
}
