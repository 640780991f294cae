import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RotateEveryDays } from '../../main/credentials/credential.schema.ts';
import { dueOf } from '../../main/reminders/due.ts';

type Dates = Parameters<typeof dueOf>[0];

const DAY_MS = 24 * 60 * 60_000;
const key = (createdAt: string, change: Partial<Dates> = {}): Dates => ({
  createdAt,
  rotatedAt: null,
  cooldown: null,
  ...change,
});

afterEach(() => vi.unstubAllEnvs());

describe('when a key is due', () => {
  const cases: [string, Dates, RotateEveryDays, string, ReturnType<typeof dueOf>][] = [
    [
      'it was made just now',
      key('2026-01-01T12:00:00.000Z'),
      90,
      '2026-01-01T12:00:00.000Z',
      { age: 0, dueAt: '2026-04-01T12:00:00.000Z', due: false },
    ],
    [
      'the last hour of its time runs',
      key('2026-01-01T12:00:00.000Z'),
      30,
      '2026-01-31T11:59:59.999Z',
      { age: 29, dueAt: '2026-01-31T12:00:00.000Z', due: false },
    ],
    [
      'its time has come to the millisecond',
      key('2026-01-01T12:00:00.000Z'),
      30,
      '2026-01-31T12:00:00.000Z',
      { age: 30, dueAt: '2026-01-31T12:00:00.000Z', due: true },
    ],
    [
      'it counts from its last rotation, not from when Rekey got to know it',
      key('2020-01-01T00:00:00.000Z', { rotatedAt: '2026-03-01T00:00:00.000Z' }),
      60,
      '2026-03-31T00:00:00.000Z',
      { age: 30, dueAt: '2026-04-30T00:00:00.000Z', due: false },
    ],
    [
      'a leap day lies in between',
      key('2028-02-15T00:00:00.000Z'),
      30,
      '2028-03-16T00:00:00.000Z',
      { age: 30, dueAt: '2028-03-16T00:00:00.000Z', due: true },
    ],
    [
      'no leap day lies in between',
      key('2027-02-15T00:00:00.000Z'),
      30,
      '2027-03-16T00:00:00.000Z',
      { age: 29, dueAt: '2027-03-17T00:00:00.000Z', due: false },
    ],
    [
      'it was made on a leap day',
      key('2028-02-29T23:59:00.000Z'),
      90,
      '2028-05-29T23:59:00.000Z',
      { age: 90, dueAt: '2028-05-29T23:59:00.000Z', due: true },
    ],
    [
      'the clock was set back behind its making',
      key('2026-06-01T00:00:00.000Z'),
      30,
      '2025-01-01T00:00:00.000Z',
      { age: 0, dueAt: '2026-07-01T00:00:00.000Z', due: false },
    ],
    [
      'reminders are off',
      key('2000-01-01T00:00:00.000Z'),
      0,
      '2026-01-01T00:00:00.000Z',
      { age: 9_497, dueAt: null, due: false },
    ],
    [
      'its own choice is sooner',
      key('2026-01-01T00:00:00.000Z', { rotateEveryDays: 30 }),
      90,
      '2026-02-01T00:00:00.000Z',
      { age: 31, dueAt: '2026-01-31T00:00:00.000Z', due: true },
    ],
    [
      'its own choice is never',
      key('2026-01-01T00:00:00.000Z', { rotateEveryDays: 0 }),
      30,
      '2026-12-01T00:00:00.000Z',
      { age: 334, dueAt: null, due: false },
    ],
    [
      'its own choice is to follow the settings',
      key('2026-01-01T00:00:00.000Z', { rotateEveryDays: null }),
      30,
      '2026-02-01T00:00:00.000Z',
      { age: 31, dueAt: '2026-01-31T00:00:00.000Z', due: true },
    ],
    [
      'its own choice is there while the settings are off',
      key('2026-01-01T00:00:00.000Z', { rotateEveryDays: 30 }),
      0,
      '2026-02-01T00:00:00.000Z',
      { age: 31, dueAt: '2026-01-31T00:00:00.000Z', due: true },
    ],
    [
      'its service still blocks something after the last rotation',
      key('2026-01-01T00:00:00.000Z', { cooldown: { what: 'withdrawals', until: '2026-02-05T00:00:00.000Z' } }),
      30,
      '2026-02-04T00:00:00.000Z',
      { age: 34, dueAt: '2026-02-05T00:00:00.000Z', due: false },
    ],
    [
      'that is over',
      key('2026-01-01T00:00:00.000Z', { cooldown: { what: 'withdrawals', until: '2026-01-01T01:00:00.000Z' } }),
      30,
      '2026-02-04T00:00:00.000Z',
      { age: 34, dueAt: '2026-01-31T00:00:00.000Z', due: true },
    ],
  ];

  it.each(cases)('is told when %s', (_when, dates, everyDays, now, due) => {
    expect(dueOf(dates, everyDays, new Date(now))).toEqual(due);
  });

  it.each(['Pacific/Kiritimati', 'America/New_York', 'Asia/Kolkata', 'Pacific/Pago_Pago', 'UTC'])(
    'is the same moment in the time zone %s, over its change to summer time',
    (zone) => {
      vi.stubEnv('TZ', zone);
      const march = key('2026-03-01T02:30:00.000Z');
      expect(new Date('2026-03-01T02:30:00.000Z').getHours()).toBe(localHour(zone));
      for (const [now, due] of [
        ['2026-03-31T02:29:59.999Z', false],
        ['2026-03-31T02:30:00.000Z', true],
      ] as const) {
        expect(dueOf(march, 30, new Date(now))).toMatchObject({ dueAt: '2026-03-31T02:30:00.000Z', due });
      }
    },
  );

  it('is once and for good: a key that is due stays so as time passes, and grows older', () => {
    const days = fc.integer({ min: 0, max: 5_000 });
    const periods = fc.constantFrom<RotateEveryDays>(0, 30, 60, 90);
    fc.assert(
      fc.property(periods, days, days, fc.integer({ min: 0, max: DAY_MS }), (everyDays, first, more, rest) => {
        const made = Date.parse('2026-01-01T00:00:00.000Z');
        const at = (day: number) =>
          dueOf(key(new Date(made).toISOString()), everyDays, new Date(made + day * DAY_MS + rest));
        const [earlier, later] = [at(first), at(first + more)];
        expect(later.age - earlier.age).toBe(more);
        expect(later.dueAt).toBe(earlier.dueAt);
        expect(later.due).toBe(earlier.due || (everyDays > 0 && later.age >= everyDays));
      }),
    );
  });
});

/** The hour of 02:30 UTC on the first of March, by a clock that does not look at TZ. */
function localHour(timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23' });
  return Number(parts.format(new Date('2026-03-01T02:30:00.000Z')));
}
