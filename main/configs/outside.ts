import { escapeJson } from './formats/json-strings.ts';
import { SHORTEST_IN_TEXT, standsAlone } from './occurrences.ts';
import type { Findings, Needle } from './site.ts';

interface Hit {
  readonly where: Findings['outside'][number]['where'];
  readonly start: number;
}

/** What a written escape may end with: `\n` and the like in a JSON string, or in one that is quoted in another. */
const ESCAPED = /\\[bfnrt]$|%(?:[2-7][0-9a-fA-F]|0[9aAdD])$/;

/**
 * Where secrets stand in a document outside of the sites: in comments, names, or values that are in no server table.
 *
 * The file is searched as bytes, for the usual ways to write a secret, so that a chat history of 50 MB needn't be
 * decoded. What is found here is only reported.
 */
export function outsideHits(
  bytes: Buffer,
  needles: readonly Needle[],
  sites: readonly { readonly start: number; readonly end: number }[],
  comments: readonly number[],
): Hit[] {
  const hits = needles.flatMap(({ value }) =>
    [...ways(value.reveal())].flatMap((way) => hitsOf(bytes, Buffer.from(way))),
  );
  return hits
    .filter((hit) => !sites.some(({ start, end }) => hit.start < end && start < hit.end))
    .map(({ start }) => ({ where: isInComment(start, comments) ? 'comment' : 'outside-server-table', start }) as const)
    .sort((one, other) => one.start - other.start);
}

/** The usual ways to write a secret; none for one that is too short to be searched for in running text. */
export function ways(secret: string): Set<string> {
  if (Buffer.byteLength(secret) < SHORTEST_IN_TEXT || !secret.isWellFormed()) return new Set();
  return new Set([secret, escapeJson(secret), encodeURIComponent(secret)]);
}

function hitsOf(bytes: Buffer, way: Buffer): { start: number; end: number }[] {
  const hits: { start: number; end: number }[] = [];
  for (let start = bytes.indexOf(way); start >= 0; start = bytes.indexOf(way, start + way.length)) {
    const end = start + way.length;
    const afterEscape = ESCAPED.test(bytes.toString('latin1', Math.max(0, start - 3), start));
    if (standsAlone(bytes, afterEscape ? 0 : start, end)) hits.push({ start, end });
  }
  return hits;
}

/** `comments` holds start and end of each, ascending. */
function isInComment(offset: number, comments: readonly number[]): boolean {
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((comments[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low % 2 === 1;
}
