import type { BenchCase } from './bench.ts';

/** One case in `results.json`: medians in `unit`, and ours divided by each peer's. */
export interface Result {
  readonly name: string;
  readonly unit: BenchCase['unit'];
  readonly runs: number;
  readonly ours: number;
  readonly peers: Readonly<Record<string, number>>;
  readonly ratio: Readonly<Record<string, number>>;
}

/** Runs ours and the peers in turn (A B C A B C ...), so that a slow moment of the machine hits all of them. */
export async function measure({ name, unit, runs, ours, peers }: BenchCase): Promise<Result> {
  const contestants = [ours, ...Object.values(peers)];
  const figures = contestants.map((): number[] => []);
  for (let run = 0; run < runs; run++) {
    for (const [index, contestant] of contestants.entries()) figures[index]?.push(await contestant());
  }
  const [own = Number.NaN, ...others] = figures.map(median);
  const medians = Object.keys(peers).map((peer, index) => [peer, others[index] ?? Number.NaN] as const);
  return {
    name,
    unit,
    runs,
    ours: rounded(own),
    peers: Object.fromEntries(medians.map(([peer, value]) => [peer, rounded(value)])),
    ratio: Object.fromEntries(medians.map(([peer, value]) => [peer, rounded(own / value)])),
  };
}

/** @throws {RangeError} without values: there is no median of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined) throw new RangeError('a median needs at least one value');
  return (lower + upper) / 2;
}

/** To four digits: more would be noise. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
