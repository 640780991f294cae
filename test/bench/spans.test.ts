import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { covered, percentile, type Span } from './spans.ts';

describe('the time under spans', () => {
  it('counts once what goes on at the same time, and nothing outside of the window', () => {
    const spans: Span[] = [
      [5, 8],
      [0, 3],
      [2, 4],
      [6, 7],
      [20, 30],
    ];
    expect(covered(spans, [1, 10])).toBe(6);
    expect(covered(spans, [4, 5])).toBe(0);
    expect(covered([], [0, 10])).toBe(0);
    expect(covered([[0, 100]], [10, 20])).toBe(10);
  });

  it('is the number of whole moments that lie in one of them', () => {
    const moment = fc.integer({ min: 0, max: 40 });
    const span = fc.tuple(moment, moment).map(([one, other]): Span => [Math.min(one, other), Math.max(one, other)]);
    fc.assert(
      fc.property(fc.array(span), span, (spans, [begin, end]) => {
        const moments = Array.from({ length: end - begin }, (_, index) => begin + index);
        const inside = moments.filter((at) => spans.some(([from, to]) => from <= at && at < to));
        expect(covered(spans, [begin, end])).toBe(inside.length);
      }),
    );
  });
});

describe('a percentile', () => {
  it('is one of the values, the one that so many do not exceed', () => {
    const values = Array.from({ length: 200 }, (_, index) => 200 - index);
    expect(percentile(values, 0.5)).toBe(100);
    expect(percentile(values, 0.99)).toBe(198);
    expect(percentile([7], 0.99)).toBe(7);
    expect(percentile([7, 9], 0)).toBe(7);
  });

  it('of nothing is none', () => {
    expect(() => percentile([], 0.5)).toThrow(RangeError);
  });
});
