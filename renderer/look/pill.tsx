import type { ReactNode } from 'react';
import { Icon, type IconName } from './icons.tsx';

export type Tone = 'ok' | 'busy' | 'warn' | 'bad' | 'quiet';

/** A state in a word, with a sign of its own: never by colour alone. */
export function Pill({ tone, icon, children }: { tone: Tone; icon: IconName; children: ReactNode }) {
  return (
    <span className={`pill pill-${tone}`}>
      <Icon name={icon} />
      {children}
    </span>
  );
}
