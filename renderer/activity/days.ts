import type { Activity } from '../../main/activity/activity.schema.ts';

/** The activity by day of the person's own clock, newest first in both. */
export function days<E extends Pick<Activity, 'at'>>(
  activity: readonly E[],
): readonly { readonly day: string; readonly entries: E[] }[] {
  const newestFirst = activity.toSorted((a, b) => b.at.localeCompare(a.at));
  return [...Map.groupBy(newestFirst, ({ at }) => dayOf(new Date(at)))].map(([day, entries]) => ({ day, entries }));
}

/** `2026-11-20` in the local time zone. */
export function dayOf(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
