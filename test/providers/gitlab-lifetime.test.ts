import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownDays, lastDay, lifetimeOf } from '../../main/providers/gitlab-lifetime.ts';

const DAY_MS = 86_400_000;
const day = (date: Date) => date.toISOString().slice(0, 10);

describe('how long a token of GitLab lives', () => {
  it.each<[unknown, unknown, string | null]>([
    ['2026-01-01T23:59:59.999Z', '2026-04-01', '90'],
    ['2026-01-01', '2026-01-02', '1'],
    ['2024-02-28T00:00:00Z', '2024-03-01', '2'],
    ['2026-01-01T09:45:42.183Z', null, '365'],
    ['2020-01-01T09:45:42.183Z', '2030-01-01', '365'],
    ['2026-01-01', '2026-01-01', null],
    ['2026-01-02', '2026-01-01', null],
    ['2026-01-01', undefined, null],
    [undefined, '2026-01-01', null],
    ['2026-13-77', '2026-01-01', null],
    [17, '2026-01-01', null],
  ])('is counted from %j to %j', (created_at, expires_at, days) => {
    expect(lifetimeOf({ created_at, expires_at })).toBe(days);
  });

  it('is unknown of something else', () => {
    for (const odd of [null, undefined, 'x', [], {}]) expect(lifetimeOf(odd)).toBeNull();
  });

  it('is the same for the next token, whenever that is made', () => {
    const when = fc.date({ min: new Date('2024-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(when, when, fc.integer({ min: 1, max: 365 }), (made, now, days) => {
        const expires_at = day(new Date(Date.parse(day(made)) + days * DAY_MS));
        const lifetime = lifetimeOf({ created_at: made.toISOString(), expires_at });
        expect(lifetime).toBe(String(days));
        expect(lifetimeOf({ created_at: now.toISOString(), expires_at: lastDay(now, lifetime ?? '') })).toBe(lifetime);
      }),
    );
  });

  it.each([undefined, '', 'x', '0', '-1', '1.5', '1e9999'])('(%j) is no number of days, and then a year', (text) => {
    expect(knownDays(text)).toBeNull();
    expect(lastDay(new Date('2026-01-01T12:00:00Z'), text)).toBe('2027-01-01');
  });
});
