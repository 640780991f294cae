import { createHash } from 'node:crypto';
import type { Hit, Search } from './search.ts';

/** Somewhere where a secret could have got to. */
export interface Place {
  /** It is searched as well. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** A place where some secrets belong. */
export interface Allowance {
  readonly place: RegExp;
  /** Names of canaries. */
  readonly canaries: readonly string[];
  /** Where in it; anywhere when left out. */
  readonly where?: (bytes: Buffer, at: number) => boolean;
}

export interface Swept {
  /** "the key of work in app: stdout out (base64, plain)": each once, and never a secret. */
  readonly leaks: readonly string[];
  /** Which allowances something came under. */
  readonly used: ReadonlySet<Allowance>;
}

/** Searches all places for secrets that don't belong there. */
export function sweep(places: readonly Place[], search: Search, allowances: readonly Allowance[]): Swept {
  const leaks = new Set<string>();
  const used = new Set<Allowance>();
  const hitsOf = new Map<string, Hit[]>();
  for (const { name, bytes } of places) {
    for (const hit of search(Buffer.from(name))) leaks.add(`${hit.canary} in the name of a place (${hit.encoding})`);
    // Each page and each file is written, read and sent several times.
    const content = createHash('sha256').update(bytes).digest('base64');
    const hits = hitsOf.get(content) ?? search(bytes);
    hitsOf.set(content, hits);
    for (const hit of hits) {
      const allowance = allowances.find((one) => allows(one, name, bytes, hit));
      if (allowance) used.add(allowance);
      else leaks.add(`${hit.canary} in ${name} (${hit.encoding})`);
    }
  }
  return { leaks: [...leaks].sort(), used };
}

function allows({ place, canaries, where }: Allowance, name: string, bytes: Buffer, hit: Hit): boolean {
  if (!place.test(name) || !canaries.includes(hit.canary)) return false;
  return where === undefined || (hit.at >= 0 && where(bytes, hit.at));
}
