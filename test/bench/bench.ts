import type { Result } from './measure.ts';

/** One measure of `npm run bench`. Every function returns its own measured figure, so that set-up isn't counted. */
export interface BenchCase {
  readonly name: string;
  readonly unit: 'ms' | 'MB';
  /** How often each is run; the runner lets them alternate and takes the medians. */
  readonly runs: number;
  ours(): Promise<number>;
  readonly peers: Readonly<Record<string, () => Promise<number>>>;
  /** After all runs, whatever became of them. */
  end?(): Promise<void>;
}

/** What a file in this folder exports as its default. */
export interface Bench {
  readonly name: string;
  readonly cases: readonly BenchCase[];
  /** What the figures tell together, a line each. */
  remarks?(results: readonly Result[]): string[];
}
