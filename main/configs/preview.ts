import type { Secret } from '../credentials/secret.ts';
import { readDocument } from './document.ts';
import type { Extent } from './extent.ts';
import type { FormatName } from './formats/format-name.ts';
import { startOfLine } from './lines.ts';
import { ways } from './outside.ts';
import type { Site } from './site.ts';
import { LEFT_OUT, withoutTokens } from './tokens.ts';

/** Bytes of the line that are shown on either side of the secret. */
const AROUND = 90;
/** How far from what is shown a secret may begin that reaches into it. */
const LONGEST_SECRET = 4_000;
const HIDDEN = '••••';
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * The line of a site as a person or a model may see it, before and after the change: the secret as the given masks, its
 * surroundings cut to a readable length, and no other secret. Other values on the line are left out altogether, as
 * they may be keys of services that Rekey doesn't know.
 *
 * @param sites all sites of the document.
 * @param secrets further secrets that must not be shown wherever they stand.
 */
export function previewLine(
  bytes: Buffer,
  format: FormatName,
  sites: readonly Site[],
  site: Site,
  masks: { readonly before: string; readonly after: string },
  secrets: readonly Secret[] = [],
): { before: string; after: string } {
  const line = shownPart(bytes, site);
  const hidden = [...othersOn(sites, site, line), ...known(bytes, line, secrets)];
  const same = sites.filter((other) => other.role === site.role && other.fingerprint === site.fingerprint);
  const values = isJson(format) ? otherStrings(bytes, line, site) : otherTexts(bytes, format, line, site);
  const draw = (mask: string): string => {
    const replaced = [
      ...values.map((range) => ({ ...range, text: LEFT_OUT })),
      ...[site, ...same].map((range) => ({ ...range, text: mask })),
      ...hidden.map((range) => ({ ...range, text: HIDDEN })),
    ];
    return drawn(bytes, line, replaced);
  };
  return { before: draw(masks.before), after: draw(masks.after) };
}

interface Shown extends Extent {
  readonly cutBefore: boolean;
  readonly cutAfter: boolean;
}

/** The line, or the part of it around the site; a cut never goes through a word, which may be a secret. */
function shownPart(bytes: Buffer, site: Extent): Shown {
  const lineStart = startOfLine(bytes, site.start);
  const newline = bytes.indexOf(0x0a, site.end);
  const lineEnd = newline < 0 ? bytes.length : newline;
  let start = lineStart;
  let end = lineEnd;
  if (site.start - AROUND > lineStart) {
    start = site.start - AROUND;
    while (start < site.start && !isBetweenWords(bytes[start] ?? 0)) start++;
  }
  if (site.end + AROUND < lineEnd) {
    end = site.end + AROUND;
    while (end > site.end && !isBetweenWords(bytes[end - 1] ?? 0)) end--;
  }
  return { start, end, cutBefore: start > lineStart, cutAfter: end < lineEnd };
}

function isBetweenWords(byte: number): boolean {
  return byte < 0x80 && !/[A-Za-z0-9_\-\\]/.test(String.fromCharCode(byte));
}

function isJson(format: FormatName): boolean {
  return format === 'json' || format === 'jsonc';
}

/** All texts and comments on the line but for the site's own, as the format's reader tells them. */
function otherTexts(bytes: Buffer, format: FormatName, line: Extent, { within }: Site): Extent[] {
  const { literals, comments } = readDocument(bytes, format, 'everything', 'The file');
  const inComments = comments.flatMap((start, index) =>
    index % 2 === 0 ? [{ start, end: comments[index + 1] ?? start }] : [],
  );
  return [...literals, ...inComments].filter(
    ({ start, end }) => start < line.end && line.start < end && (end <= within.start || within.end <= start),
  );
}

/**
 * All strings of JSON on the line but for the site's own. Found from the quotes, so that a file of 50 MB needn't be read
 * for one line of it.
 */
function otherStrings(bytes: Buffer, line: Extent, site: Extent): Extent[] {
  return valuesOutside(bytes, line, literalAround(bytes, site, line));
}

/** The string in which a site stands, quotes included. */
function literalAround(bytes: Buffer, site: Extent, line: Extent): Extent {
  const opening = quoteBefore(bytes, site.start, line.start);
  const closing = quoteFrom(bytes, site.end, line.end);
  return { start: opening < 0 ? line.start : opening, end: closing < 0 ? line.end : closing + 1 };
}

/** What stands between quotes on the line and is neither a name nor the site's own string. Beside that, all is structure. */
function valuesOutside(bytes: Buffer, line: Extent, own: Extent): Extent[] {
  const values: Extent[] = [];
  for (let end = quoteBefore(bytes, own.start, line.start); end >= 0; ) {
    const start = Math.max(quoteBefore(bytes, end, line.start), line.start - 1);
    if (!isName(bytes, end + 1)) values.push({ start: start + 1, end });
    end = start < line.start ? -1 : quoteBefore(bytes, start, line.start);
  }
  for (let start = quoteFrom(bytes, own.end, line.end); start >= 0; ) {
    const closing = quoteFrom(bytes, start + 1, line.end);
    const end = closing < 0 ? line.end : closing;
    if (closing < 0 || !isName(bytes, end + 1)) values.push({ start: start + 1, end });
    start = closing < 0 ? -1 : quoteFrom(bytes, closing + 1, line.end);
  }
  return values;
}

function isName(bytes: Buffer, after: number): boolean {
  return /^\s*[:=]/.test(bytes.toString('latin1', after, after + 10));
}

/** The last quote before `from` that no backslash takes the meaning of, or -1. */
function quoteBefore(bytes: Buffer, from: number, first: number): number {
  for (let at = from - 1; at >= first; at--) if (bytes[at] === QUOTE && !isEscaped(bytes, at)) return at;
  return -1;
}

function quoteFrom(bytes: Buffer, from: number, end: number): number {
  for (let at = from; at < end; at++) if (bytes[at] === QUOTE && !isEscaped(bytes, at)) return at;
  return -1;
}

function isEscaped(bytes: Buffer, at: number): boolean {
  let backslashes = 0;
  while (bytes[at - 1 - backslashes] === BACKSLASH) backslashes++;
  return backslashes % 2 === 1;
}

function othersOn(sites: readonly Site[], site: Site, line: Extent): Extent[] {
  const isOther = (one: Site): boolean => one.role !== site.role || one.fingerprint !== site.fingerprint;
  return sites.filter((one) => isOther(one) && one.start < line.end && line.start < one.end);
}

/** Secrets on the line in any usual way of writing, a part of a longer token or not. */
function known(bytes: Buffer, line: Extent, secrets: readonly Secret[]): Extent[] {
  const from = Math.max(0, line.start - LONGEST_SECRET);
  const near = bytes.subarray(from, line.end + LONGEST_SECRET);
  return secrets.flatMap((secret) =>
    [...ways(secret.reveal())].flatMap((way) => {
      const found: Extent[] = [];
      const length = Buffer.byteLength(way);
      for (let at = near.indexOf(way); at >= 0; at = near.indexOf(way, at + 1)) {
        found.push({ start: from + at, end: from + at + length });
      }
      return found;
    }),
  );
}

/** The shown part with some ranges replaced; of ranges that overlap, the first counts for what they share. */
function drawn(bytes: Buffer, line: Shown, replaced: readonly (Extent & { readonly text: string })[]): string {
  let text = '';
  let at = line.start;
  const inOrder = replaced
    .filter(({ start, end }) => start < line.end && line.start < end)
    .sort((a, b) => a.start - b.start);
  for (const range of inOrder) {
    if (range.end <= at) continue;
    if (range.start >= at) text += withoutTokens(bytes.toString('utf8', at, range.start)) + range.text;
    at = range.end;
  }
  text += withoutTokens(bytes.toString('utf8', Math.min(at, line.end), line.end));
  return `${line.cutBefore ? LEFT_OUT : ''}${text.trim()}${line.cutAfter ? LEFT_OUT : ''}`;
}
