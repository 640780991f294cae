import type { Extent } from './extent.ts';

/**
 * In the order of the text, and none over another: of those that overlap, the one that begins first, and of those that
 * begin together, the one of the group that comes first.
 */
export function apart<T extends Extent>(...groups: readonly (readonly T[])[]): T[] {
  const all = groups.flatMap((group, rank) => group.map((one) => ({ one, rank })));
  all.sort((a, b) => a.one.start - b.one.start || a.rank - b.rank);
  let end = 0;
  return all.flatMap(({ one }) => {
    if (one.start < end) return [];
    end = one.end;
    return [one];
  });
}
