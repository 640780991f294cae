import type { Bench, BenchCase } from './bench.ts';

export type Chosen = { readonly cases: readonly BenchCase[] } | { readonly problem: string };

/** The cases whose names start with `name`; all without one. An unknown name is told what there is. */
export function choose(benches: readonly Bench[], name: string | undefined): Chosen {
  const all = benches.flatMap(({ cases }) => cases);
  const cases = all.filter((each) => each.name.startsWith(name ?? ''));
  if (cases.length > 0) return { cases };
  const known = all.map((each) => `  ${each.name}`).join('\n');
  return { problem: `No bench case is called “${name}” or starts so. There are:\n${known}` };
}
