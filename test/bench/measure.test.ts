import { describe, expect, it } from 'vitest';
import type { BenchCase } from './bench.ts';
import { measure, median } from './measure.ts';

/** A contestant that gives these figures in turn and notes that it ran. */
function contestant(name: string, figures: readonly number[], ran: string[]): () => Promise<number> {
  const left = [...figures];
  return async () => {
    ran.push(name);
    return left.shift() ?? Number.NaN;
  };
}

describe('a median', () => {
  it('is the middle one, whatever the order', () => {
    expect(median([9, 1, 10])).toBe(9);
  });

  it('is the mean of the middle two of an even number', () => {
    expect(median([4, 1, 3, 100])).toBe(3.5);
  });

  it('compares numbers as numbers and leaves the values as they are', () => {
    const values = [100, 9, 20];
    expect(median(values)).toBe(20);
    expect(values).toEqual([100, 9, 20]);
  });

  it('of nothing is an error', () => {
    expect(() => median([])).toThrow(RangeError);
  });
});

describe('a measure', () => {
  const ran: string[] = [];
  const bench: BenchCase = {
    name: 'patch 1 MB',
    unit: 'ms',
    runs: 3,
    ours: contestant('A', [10, 500, 12], ran),
    peers: { slow: contestant('B', [24, 24, 24], ran), fast: contestant('C', [3, 3.00001, 1], ran) },
  };

  it('lets ours and the peers alternate, and gives medians with ours divided by each peer', async () => {
    expect(await measure(bench)).toEqual({
      name: 'patch 1 MB',
      unit: 'ms',
      runs: 3,
      ours: 12,
      peers: { slow: 24, fast: 3 },
      ratio: { slow: 0.5, fast: 4 },
    });
    expect(ran.join('')).toBe('ABCABCABC');
  });

  it('fails when a contestant fails, and gives no figure', async () => {
    const fails = { ...bench, peers: { broken: () => Promise.reject(new Error('it broke')) } };
    await expect(measure(fails)).rejects.toThrow('it broke');
  });
});
