import type { Layer } from './layer.ts';

/** Characters of which keys are made: next to one of these, a find is a part of a longer token and no match. */
const TOKEN = new Uint8Array(256);
for (const byte of Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-')) TOKEN[byte] = 1;

/** Anything shorter stands in texts by chance: it only counts as a whole value. */
export const SHORTEST_IN_TEXT = 8;

/** Where `needle` stands in a layer's text, as a token of its own: offsets of the layer, never overlapping. */
export function occurrences(layer: Layer, needle: Buffer): number[] {
  const { bytes } = layer;
  if (needle.length < SHORTEST_IN_TEXT) return needle.length > 0 && bytes.equals(needle) ? [0] : [];
  const found: number[] = [];
  for (let at = bytes.indexOf(needle); at >= 0; ) {
    const whole = standsAlone(bytes, at, at + needle.length);
    if (whole) found.push(at);
    at = bytes.indexOf(needle, whole ? at + needle.length : at + 1);
  }
  return found;
}

/** Whether no character of a longer token stands right before or after. */
export function standsAlone(bytes: Buffer, start: number, end: number): boolean {
  return (
    !(isToken(bytes[start - 1]) && !bytes.subarray(0, start).subarray(-4).equals(COMMENT_BEGIN)) &&
    !(isToken(bytes[end]) && !bytes.subarray(end, end + 3).equals(COMMENT_END))
  );
}

/** The hyphens of XML's comments are no part of what they stand around. */
const COMMENT_BEGIN = Buffer.from('<!--');
const COMMENT_END = Buffer.from('-->');

function isToken(byte: number | undefined): boolean {
  return byte !== undefined && TOKEN[byte] === 1;
}

/** What a written escape may end with: `\n` and the like in a JSON string, or in one that is quoted in another. */
const ESCAPED = /\\[bfnrt]$|%(?:[2-7][0-9a-fA-F]|0[9aAdD])$/;

/** Whether an escape stands right before, whose last character is no part of what follows: `\nsk-live-...`. */
export function isEscapedBefore(bytes: Buffer, start: number): boolean {
  return ESCAPED.test(bytes.toString('latin1', Math.max(0, start - 3), start));
}
