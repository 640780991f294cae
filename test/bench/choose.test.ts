import { describe, expect, it } from 'vitest';
import type { Bench } from './bench.ts';
import { choose } from './choose.ts';
import { table } from './table.ts';

function bench(name: string, ...cases: string[]): Bench {
  const one = async () => 1;
  return { name, cases: cases.map((each) => ({ name: each, unit: 'ms', runs: 1, ours: one, peers: {} })) };
}

const benches = [bench('patch', 'patch 1 MB', 'patch 10 MB'), bench('bridge', 'bridge start')];

function namesFor(name: string | undefined): string[] {
  const chosen = choose(benches, name);
  return 'cases' in chosen ? chosen.cases.map((each) => each.name) : [];
}

describe('the bench', () => {
  it('runs everything when nothing is named', () => {
    expect(namesFor(undefined)).toEqual(['patch 1 MB', 'patch 10 MB', 'bridge start']);
  });

  it('runs the cases whose names start with what is named', () => {
    expect(namesFor('patch')).toEqual(['patch 1 MB', 'patch 10 MB']);
    expect(namesFor('patch 10')).toEqual(['patch 10 MB']);
  });

  it('names the known cases when it knows none of this name', () => {
    expect(choose(benches, 'start')).toEqual({
      problem: 'No bench case is called “start” or starts so. There are:\n  patch 1 MB\n  patch 10 MB\n  bridge start',
    });
  });

  it('prints one line for each peer, with the ratio', () => {
    const result = { name: 'x', unit: 'ms', runs: 3, ours: 12, peers: { one: 24, 'the other': 3 } } as const;
    expect(table([{ ...result, ratio: { one: 0.5, 'the other': 4 } }])).toBe(
      [
        'case   ours  peer              ours/peer',
        'x     12 ms  one        24 ms        0.5',
        'x     12 ms  the other   3 ms          4',
      ].join('\n'),
    );
  });
});
