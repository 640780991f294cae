import type { Consequence } from './provider.schema.ts';
import type { Attempt, Provider } from './provider.ts';

const MINUTE_MS = 60_000;

/** What services have in common that rotate in place and let the old key work on for a while, and then end it. */
export const worksForAWhile = { verifies: true, overlap: null } as const satisfies Partial<Provider>;

/** There is no way back at the service: the old key ends, however long it is let to live. */
export const WORKS_FOR_A_WHILE: readonly Consequence[] = [
  { kind: 'old-key-works-for-a-while' },
  { kind: 'other-machines-stop' },
  { kind: 'irreversible' },
];

/** Until when the old key is to work, or null when it dies at once. */
export function graceEnd({ now, graceMinutes }: Attempt): Date | null {
  return graceMinutes > 0 ? new Date(now.getTime() + graceMinutes * MINUTE_MS) : null;
}
