import { decodings } from './decodings.ts';
import { Runs } from './runs.ts';

/** A secret that may stand nowhere but where it belongs. */
export interface Canary {
  /** What a report calls it: never the value. */
  readonly name: string;
  readonly value: string;
  /** How many characters at its beginning are public, as `sk-live-`. */
  readonly publicBeginning?: number;
}

export interface Hit {
  /** The canary's name. */
  readonly canary: string;
  /** How it was written, outermost first: `base64, gzip, plain`. */
  readonly encoding: string;
  /** Where it begins in the bytes that were searched; of an encoded one, -1. */
  readonly at: number;
}

/** Finds canaries, and parts of one, in bytes. */
export type Search = (bytes: Buffer) => Hit[];

/** An encoding within an encoding within an encoding. */
const DEEPEST = 3;
const FILLER = 0x01;

/**
 * Searches for canaries in every encoding that {@link decodings} knows, also one in another. Whatever holds
 * {@link Runs.SHORTEST} characters of a secret in a row counts, so that half a key is found too.
 */
export function searchFor(canaries: readonly Canary[]): Search {
  const runs = new Runs(canaries);
  return (bytes) => distinct(look(runs, bytes, [], DEEPEST));
}

function look(runs: Runs, bytes: Buffer, outer: readonly string[], depth: number): Hit[] {
  const plain = runs.in(bytes);
  const hits = plain.map(({ canary, at }) => ({
    canary,
    encoding: [...outer, 'plain'].join(', '),
    at: outer.length === 0 ? at : -1,
  }));
  if (depth === 0) return hits;
  // What was found is not to be found again by decoding what is not encoded.
  const rest = plain.length === 0 ? bytes : Buffer.from(bytes);
  for (const { at, length } of plain) rest.fill(FILLER, at, at + length);
  const inside = decodings.flatMap(({ name, decode }) =>
    decode(rest).flatMap((decoded) => look(runs, decoded, [...outer, name], depth - 1)),
  );
  return [...hits, ...inside];
}

/** The same secret at the same place can be read in several ways: the shortest is kept. */
function distinct(hits: readonly Hit[]): Hit[] {
  const encoded = new Map<string, Hit>();
  for (const hit of hits.filter(({ at }) => at === -1)) {
    const known = encoded.get(hit.canary);
    if (!known || hit.encoding.length < known.encoding.length) encoded.set(hit.canary, hit);
  }
  return [...hits.filter(({ at }) => at !== -1), ...encoded.values()];
}
