import type { RotationReading } from './provider.ts';

type Cooldown = NonNullable<Extract<RotationReading, { outcome: 'rotated' }>['cooldown']>;

/** What Lightning Faucet blocks after a rotation, and for how many minutes, by the kind of the key that was replaced. */
export const WITHDRAWALS = 'withdrawals';
export const COOLDOWN_MINUTES = { operator: 60, agent: 30 } as const;
export type KeyKind = keyof typeof COOLDOWN_MINUTES;

/** Past this a date is a mistake, not a cooldown. */
const LONGEST_MS = 7 * 24 * 3_600_000;

/**
 * Until when withdrawals are blocked: by the answer's `cooldown_until`, whose form isn't documented (ISO, with or
 * without a time zone, and Unix time are read), else by the documented minutes.
 */
export function cooldownAfter(kind: KeyKind, cooldownUntil: unknown, now: Date): Cooldown {
  const told = timeOf(cooldownUntil);
  const from = now.getTime();
  const plausible = told > from && told <= from + LONGEST_MS;
  return { what: WITHDRAWALS, until: new Date(plausible ? told : from + COOLDOWN_MINUTES[kind] * 60_000) };
}

/** Milliseconds since 1970, or NaN. */
function timeOf(value: unknown): number {
  if (typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value))) {
    const number = Number(value);
    return number < 1e11 ? number * 1_000 : number;
  }
  if (typeof value !== 'string') return Number.NaN;
  const zoneless = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?$/.test(value);
  return Date.parse(zoneless ? `${value.replace(' ', 'T')}Z` : value);
}
