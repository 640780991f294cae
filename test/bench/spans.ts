/** A time from one moment to another, in milliseconds of one clock. */
export type Span = readonly [from: number, to: number];

/** How much of a window lies under at least one of the spans, in milliseconds: what goes on at the same time counts once. */
export function covered(spans: readonly Span[], [begin, end]: Span): number {
  let sum = 0;
  let reached = begin;
  for (const [from, to] of spans.toSorted(([one], [other]) => one - other)) {
    const begun = Math.max(from, reached);
    const until = Math.min(to, end);
    if (until <= begun) continue;
    sum += until - begun;
    reached = until;
  }
  return sum;
}

/** The smallest value that at least this part of all values does not exceed (nearest rank). @throws {RangeError} without values. */
export function percentile(values: readonly number[], part: number): number {
  const value = values.toSorted((a, b) => a - b)[Math.max(Math.ceil(values.length * part), 1) - 1];
  if (value === undefined) throw new RangeError('a percentile needs at least one value');
  return value;
}
