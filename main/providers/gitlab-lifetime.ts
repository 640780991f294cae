import { valueAt } from './answer.ts';

/** The most that every instance grants; some grant 400. */
const LONGEST_DAYS = 365;
const DAY_MS = 86_400_000;

/**
 * For how many days the token is good from its first to its last day, as text for a setting; null when it isn't told. One
 * that never ends is followed by one that lives as long as can be: GitLab itself would give it a week.
 *
 * Counted as GitLab counts when it keeps a lifetime (its `PersonalAccessTokens::RotateService`).
 */
export function lifetimeOf(document: unknown): string | null {
  const ends = valueAt(document, ['expires_at']);
  if (ends === null) return String(LONGEST_DAYS);
  const [from, to] = [dayOf(valueAt(document, ['created_at'])), dayOf(ends)];
  return from === null || to === null || to <= from ? null : String(Math.min(LONGEST_DAYS, (to - from) / DAY_MS));
}

/** The same as a number, where the setting holds one. */
export function knownDays(lifetime: string | undefined): number | null {
  const days = Number(lifetime);
  return Number.isInteger(days) && days > 0 ? Math.min(LONGEST_DAYS, days) : null;
}

/** Last day of a token that is made now, as GitLab writes it. */
export function lastDay(now: Date, lifetime: string | undefined): string {
  return new Date(now.getTime() + (knownDays(lifetime) ?? LONGEST_DAYS) * DAY_MS).toISOString().slice(0, 10);
}

function dayOf(value: unknown): number | null {
  const day = typeof value === 'string' ? /^\d{4}-\d{2}-\d{2}/.exec(value)?.[0] : undefined;
  const at = day === undefined ? Number.NaN : Date.parse(day);
  return Number.isNaN(at) ? null : at;
}
