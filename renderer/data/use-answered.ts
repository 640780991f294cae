import { useEffect, useState, useSyncExternalStore } from 'react';
import type { ShownCall } from './answers.ts';
import { useRekey } from './use-rekey.tsx';

/** Then it is drawn with what is there: something that moves is better than nothing. */
const PATIENCE_MS = 1_000;

/**
 * Whether each of these calls was answered or has failed, or has had its time. What is drawn only then doesn't move when
 * one answer after the other comes in above it.
 * @param names the same list each time, as the calls are waited for anew for another one.
 */
export function useAnswered(names: readonly ShownCall[]): boolean {
  const { answers } = useRekey();
  const [late, setLate] = useState<readonly ShownCall[] | null>(null);
  useEffect(() => {
    for (const name of names) answers.want(name);
    const timer = setTimeout(() => setLate(names), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [answers, names]);
  const isAnswered = useSyncExternalStore(answers.subscribe, () =>
    names.every((name) => {
      const { value, failure } = answers.get(name);
      return value !== null || failure !== null;
    }),
  );
  return isAnswered || late === names;
}
