import type { Secret } from '../credentials/secret.ts';
import type { Extent } from './extent.ts';
import { escapeJson } from './formats/json-strings.ts';
import { isEscapedBefore, SHORTEST_IN_TEXT, standsAlone } from './occurrences.ts';
import type { Findings, Needle } from './site.ts';

/** A secret as it is written in a file, outside of the sites. */
export interface OutsideHit extends Extent {
  /** Of its needle. */
  readonly role: string;
  readonly where: Findings['outside'][number]['where'];
}

/**
 * Where secrets stand in a document outside of the sites: in comments, names, or values that are in no server table.
 *
 * The file is searched as bytes, for the usual ways to write a secret, so that a chat history of 50 MB needn't be
 * decoded. What is found here is only reported.
 */
export function outsideHits(
  bytes: Buffer,
  needles: readonly Needle[],
  sites: readonly Extent[],
  comments: readonly number[],
): OutsideHit[] {
  const hits = needles.flatMap(({ role, value }) =>
    [...ways(value.reveal())].flatMap((way) => hitsOf(bytes, Buffer.from(way)).map((hit) => ({ role, ...hit }))),
  );
  return hits
    .filter((hit) => !sites.some(({ start, end }) => hit.start < end && start < hit.end))
    .map((hit) => ({ ...hit, where: whereIs(hit.start, comments) }))
    .sort((one, other) => one.start - other.start);
}

/** The usual ways to write a secret; none for one that is too short to be searched for in running text. */
export function ways(secret: string): Set<string> {
  if (Buffer.byteLength(secret) < SHORTEST_IN_TEXT || !secret.isWellFormed()) return new Set();
  return new Set([secret, escapeJson(secret), encodeURIComponent(secret), escapeXml(secret)]);
}

/** As XML's own writers do; other spellings of an entity are rare. */
function escapeXml(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };
  return text.replace(/[&<>"']/g, (mark) => `&${entities[mark]};`);
}

/** Whether an offset outside of the sites is in a comment. */
export function whereIs(offset: number, comments: readonly number[]): OutsideHit['where'] {
  return isInComment(offset, comments) ? 'comment' : 'outside-server-table';
}

/** Where one way to write a secret stands in a file as a word of its own. */
export function hitsOf(bytes: Buffer, way: Buffer): Extent[] {
  const hits: Extent[] = [];
  for (let start = bytes.indexOf(way); start >= 0; start = bytes.indexOf(way, start + way.length)) {
    const end = start + way.length;
    if (standsAlone(bytes, isEscapedBefore(bytes, start) ? 0 : start, end)) hits.push({ start, end });
  }
  return hits;
}

/** Whether a key stands in a file as a word of its own, in one of the usual ways to write it. */
export function holdsKey(bytes: Buffer, key: Secret): boolean {
  return [...ways(key.reveal())].some((way) => hitsOf(bytes, Buffer.from(way)).length > 0);
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
