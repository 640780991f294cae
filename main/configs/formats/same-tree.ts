import type { Change } from './format.ts';

/** The changes at and below one name or index. */
interface Expected {
  readonly changes: Change[];
  readonly below: Map<string, Expected>;
}

/**
 * Whether two documents, as another reader has read them, are the same but for the changed texts: names in their order,
 * and all values. Each change must be there, at its path.
 */
export function isSameTree(before: unknown, after: unknown, changes: readonly Change[]): boolean {
  const root: Expected = { changes: [], below: new Map() };
  for (const change of changes) {
    let at = root;
    for (const key of change.path) at = nextOf(at, String(key));
    at.changes.push(change);
  }
  const seen = new Set<Expected>();
  if (!isSame(before, after, root, seen)) return false;
  return seen.size === new Set(changes.map(({ path }) => JSON.stringify(path))).size;
}

function nextOf({ below }: Expected, key: string): Expected {
  const found = below.get(key) ?? { changes: [], below: new Map() };
  below.set(key, found);
  return found;
}

function isSame(was: unknown, is: unknown, expected: Expected | undefined, seen: Set<Expected>): boolean {
  if (expected && expected.changes.length > 0) {
    seen.add(expected);
    // Half of a pair of surrogates can't be spelled in our layers, and no edit touches one.
    const [old, now] = [was, is].map((value) => (typeof value === 'string' ? value.toWellFormed() : null));
    return expected.changes.some((change) => old === change.was && now === change.is);
  }
  if (was instanceof Date && is instanceof Date) return was.toISOString() === is.toISOString();
  if (typeof was !== 'object' || was === null || typeof is !== 'object' || is === null) return Object.is(was, is);
  const [members, others] = [Object.entries(was), Object.entries(is)];
  return (
    Array.isArray(was) === Array.isArray(is) &&
    members.length === others.length &&
    members.every(([name, value], index) => {
      const other = others[index];
      return other?.[0] === name && isSame(value, other[1], expected?.below.get(name), seen);
    })
  );
}
