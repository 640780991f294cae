import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tooMany } from '../../main/backups/too-many.ts';

const NOON = Date.parse('2026-03-01T12:00:00.000Z');
const at = (seconds: number): string => new Date(NOON + seconds * 1_000).toISOString();
/** Newest first. */
const versions = (...seconds: readonly number[]): string[] => seconds.map(at).reverse();

describe('which versions of a file go', () => {
  it('are none as long as there are not too many', () => {
    expect(tooMany(versions(0, 1, 2, 3, 4), 5)).toEqual([]);
  });

  it('are the oldest of those that were kept one by one', () => {
    expect(tooMany(versions(0, 60, 120, 180, 240, 300, 360), 5)).toEqual(versions(0, 60).reverse());
  });

  it('are those in the middle of a batch, and neither what was before it nor what came last', () => {
    const before = [0, 3_600, 7_200];
    const batch = [10_000, 10_001, 10_002, 10_003, 10_004, 10_005];
    const gone = tooMany(versions(...before, ...batch), 5);
    expect([...gone].sort()).toEqual([10_001, 10_002, 10_003, 10_004].map(at));
  });

  it('leave as many as may stay, the newest and the first of each batch before all others', () => {
    const seconds = fc.uniqueArray(fc.integer({ min: 0, max: 2_000 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(seconds, fc.integer({ min: 2, max: 8 }), (some, most) => {
        const times = versions(...some.sort((one, other) => one - other));
        const gone = tooMany(times, most);
        const kept = times.filter((time) => !gone.includes(time));
        expect(kept).toHaveLength(Math.min(times.length, most));
        expect(kept[0]).toBe(times[0]);
        const firsts = times.filter((time, index) => {
          const older = times[index + 1];
          return older === undefined || Date.parse(time) - Date.parse(older) >= 60_000;
        });
        if (firsts.length < most) expect(kept).toEqual(expect.arrayContaining(firsts));
      }),
    );
  });
});
