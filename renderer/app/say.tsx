import { createContext, type ReactNode, use, useCallback, useState } from 'react';

const SHOWN_FOR_MS = 6_000;
const SayContext = createContext<(text: string) => void>(() => {});

/** Says something short that needs no answer: shown at the edge for a moment, and read out. */
export function useSay(): (text: string) => void {
  return use(SayContext);
}

export function SayProvider({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState<{ text: string } | null>(null);
  const say = useCallback((text: string) => {
    const next = { text };
    setSaid(next);
    setTimeout(() => setSaid((current) => (current === next ? null : current)), SHOWN_FOR_MS);
  }, []);
  return (
    <SayContext.Provider value={say}>
      {children}
      <div className="said" role="status">
        {said && <p>{said.text}</p>}
      </div>
    </SayContext.Provider>
  );
}
