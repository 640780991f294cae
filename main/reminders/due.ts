import type { Credential, RotateEveryDays } from '../credentials/credential.schema.ts';

const DAY_MS = 24 * 60 * 60_000;

export interface Due {
  /** Whole days of 24 hours since the key is the one it is; 0 where the clock was set back behind that. */
  readonly age: number;
  /** When the key is to be rotated, ISO 8601 in UTC; null where nobody is reminded. */
  readonly dueAt: string | null;
  /** Whether that time has come. */
  readonly due: boolean;
}

/**
 * How old a key is, and when it is to be rotated. Pure. Days are counted in hours, so that neither the time zone nor
 * its summer time moves a date.
 *
 * A key is not due while its service still blocks something after the last rotation: another one would block it anew.
 * @param everyDays what the settings say; the credential's own choice goes before it.
 */
export function dueOf(
  {
    createdAt,
    rotatedAt,
    rotateEveryDays,
    cooldown,
  }: Pick<Credential, 'createdAt' | 'rotatedAt' | 'rotateEveryDays' | 'cooldown'>,
  everyDays: RotateEveryDays,
  now: Date,
): Due {
  const since = Date.parse(rotatedAt ?? createdAt);
  const age = Math.max(0, Math.floor((now.getTime() - since) / DAY_MS));
  const days = rotateEveryDays ?? everyDays;
  if (days === 0) return { age, dueAt: null, due: false };
  const at = Math.max(since + days * DAY_MS, cooldown ? Date.parse(cooldown.until) : 0);
  return { age, dueAt: new Date(at).toISOString(), due: at <= now.getTime() };
}
