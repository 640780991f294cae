import type { Result } from './measure.ts';

const HEAD = ['case', 'ours', 'peer', '', 'ours/peer'];
/** Columns of figures stand right. */
const RIGHT = [false, true, false, true, true];

/** One line for each peer of each case, for the terminal. */
export function table(results: readonly Result[]): string {
  const lines = results.flatMap(({ name, unit, ours, peers, ratio }) =>
    Object.entries(peers).map(([peer, value]) => [name, `${ours} ${unit}`, peer, `${value} ${unit}`, `${ratio[peer]}`]),
  );
  const rows = [HEAD, ...lines];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row.map((cell, column) =>
        RIGHT[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      ),
    )
    .map((cells) => cells.join('  ').trimEnd())
    .join('\n');
}
