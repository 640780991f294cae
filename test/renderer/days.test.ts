import { expect, it } from 'vitest';
import type { Activity } from '../../main/activity/activity.schema.ts';
import { dayOf, days } from '../../renderer/activity/days.ts';

const at = (year: number, month: number, day: number, hour: number): Activity => ({
  at: new Date(year, month - 1, day, hour).toISOString(),
  kind: 'key-copied',
  credential: 'work',
  rotationId: null,
  who: 'page',
  detail: null,
});

it('activity is grouped by the days of the person’s own clock, newest first in and among them', () => {
  const [late, early, before] = [at(2026, 11, 20, 23), at(2026, 11, 20, 0), at(2026, 11, 19, 23)];
  expect(days([before, late, early])).toEqual([
    { day: '2026-11-20', entries: [late, early] },
    { day: '2026-11-19', entries: [before] },
  ]);
});

it('a day has two digits for month and day', () => {
  expect(dayOf(new Date(2026, 0, 5))).toBe('2026-01-05');
});
