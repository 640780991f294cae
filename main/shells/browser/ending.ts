import type { WhyStay } from '../why-stay.ts';

/** How often it is looked whether the app can end by now, in milliseconds. */
const LOOK_EVERY_MS = 200;

interface Ending {
  /** True while ending the app could lose something. */
  busy(): boolean;
  /** Puts everything away and ends. */
  stop(): Promise<void>;
  why(): Promise<WhyStay>;
  print(line: string): void;
  /** A question to the person at the terminal; empty for no answer. Null where nobody is. */
  readonly ask: ((question: string) => Promise<string>) | null;
}

/**
 * What a signal to end does: ends in order, or says why not yet, and then ends as soon as nothing can be lost any more.
 * Told by Ctrl-C a second time, it asks for the name of the key before it ends all the same.
 */
export function endBySignal({ busy, stop, why, print, ask }: Ending): (signal: NodeJS.Signals) => void {
  let state: 'running' | 'waiting' | 'asking' | 'stopping' = 'running';
  let looking: NodeJS.Timeout | undefined;

  const end = (): void => {
    clearInterval(looking);
    state = 'stopping';
    void stop();
  };
  const stay = async (): Promise<void> => {
    state = 'waiting';
    looking = setInterval(() => !busy() && end(), LOOK_EVERY_MS);
    const { message, detail, copyable, name } = await why();
    print(`${message} ${detail}`);
    if (copyable !== null)
      print(`In another terminal: \`rekey copy-new ${copyable}\` copies it, \`rekey resume ${copyable}\` tries again.`);
    print('Rekey ends by itself as soon as the key is kept.');
    if (ask && name !== null) print('Press Ctrl-C again if it is to end all the same.');
  };
  const insist = async (question: NonNullable<Ending['ask']>): Promise<void> => {
    state = 'asking';
    const { message, name } = await why();
    const typed = name === null ? '' : await question(`${message} Type ${name} to end Rekey and risk that key: `);
    if (state !== 'asking') return;
    if (name !== null && typed === name) return end();
    state = 'waiting';
    print('Rekey stays.');
  };

  return (signal) => {
    if (state === 'running') void (busy() ? stay() : end());
    else if (state === 'waiting' && ask && signal === 'SIGINT') void insist(ask);
  };
}
