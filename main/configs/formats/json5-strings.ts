import type { Written } from '../extent.ts';
import { Layer } from '../layer.ts';
import { DecodedText } from './decoded-text.ts';

/** How a text is written in JSON5, and its quote. */
const QUOTES: Readonly<Record<string, number>> = { double: 0x22, single: 0x27 };

/** `double` or `single`, by the quote that a string begins with. */
export function json5Style(quote: string): string {
  return quote === '"' ? 'double' : 'single';
}

const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const BACKSLASH = 0x5c;

const LETTERS: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '0': '\0',
};
/** Line breaks as JSON5 knows them, in UTF-8 read as Latin-1. */
const LINE_BREAK = /^(?:\r\n|[\r\n]|\u00e2\u0080[\u00a8\u00a9])/;
const NUMBERED = /^(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4})/;

/** The text of a string value, with the way back to the bytes of the file. */
export function json5Layer(bytes: Buffer, { start, end, style }: Written): Layer {
  const write = (text: string): string => escapeJson5(text, style);
  const decoded = decode(bytes, start, end, style);
  if (decoded) return decoded.layer(bytes, write);
  // Nothing whole stands there (any more): what is written there doesn't pass the check.
  return new Layer(bytes.subarray(start, end), Layer.ofFile(bytes), { offsets: start, write }, null);
}

/** Whether just this string value stands there, whole, with its quotes. */
export function isWholeJson5(bytes: Buffer, { start, end, style }: Written): boolean {
  const quote = QUOTES[style];
  return (
    quote !== undefined &&
    start > 0 &&
    bytes[start - 1] === quote &&
    bytes[end] === quote &&
    decode(bytes, start, end, style) !== null
  );
}

function escapeJson5(text: string, style: string): string {
  const quote = style === 'single' ? "'" : '"';
  return text.replace(/["'\\\p{Cc}\u2028\u2029]/gu, (character) => {
    if (character === '"' || character === "'") return character === quote ? `\\${character}` : character;
    const isSeparator = character === '\u2028' || character === '\u2029';
    if (isSeparator || character === '\u007f') return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
    return JSON.stringify(character).slice(1, -1);
  });
}

/** Null where what stands there is no string value with these quotes. */
function decode(bytes: Buffer, start: number, end: number, style: string): DecodedText | null {
  const decoded = new DecodedText(start, Math.max(0, end - start));
  for (let at = start; at < end; ) {
    const byte = bytes[at] ?? 0;
    if (byte === BACKSLASH) {
      const found = escapeAt(bytes, at);
      if (!found || found.end > end) return null;
      decoded.addEscape(found.text, at, found.end);
      at = found.end;
    } else {
      if (byte === QUOTES[style] || byte === LINE_FEED || byte === RETURN) return null;
      decoded.addByte(byte, at++);
    }
  }
  return decoded;
}

/** What the escape at a backslash stands for (nothing, for a backslash at the end of a line), and where it ends. */
function escapeAt(bytes: Buffer, at: number): { text: string; end: number } | null {
  const behind = bytes.toString('latin1', at + 1, at + 12);
  const [lineBreak] = LINE_BREAK.exec(behind) ?? [];
  if (lineBreak !== undefined) return { text: '', end: at + 1 + lineBreak.length };
  const [numbered] = NUMBERED.exec(behind) ?? [];
  if (numbered !== undefined) {
    const unit = Number.parseInt(numbered.slice(1), 16);
    const low = /^\\u(d[c-f][0-9a-f]{2})/i.exec(behind.slice(5))?.[1];
    const isPair = numbered.startsWith('u') && unit >= 0xd800 && unit <= 0xdbff && low !== undefined;
    // Half of a pair of surrogates that stands alone comes out as U+FFFD: a key never holds one.
    if (!isPair) return { text: String.fromCharCode(unit), end: at + 1 + numbered.length };
    return { text: String.fromCharCode(unit, Number.parseInt(low, 16)), end: at + 12 };
  }
  // `\1` to `\9`, and `\0` before a digit, are no escapes; nor are an `x` or a `u` without a number.
  if (behind === '' || /^(?:[1-9xu]|0[0-9])/.test(behind)) return null;
  const letter = LETTERS[behind.charAt(0)];
  if (letter !== undefined) return { text: letter, end: at + 2 };
  // Every other character stands for itself.
  const [character = ''] = bytes.toString('utf8', at + 1, at + 5);
  return { text: character, end: at + 1 + Buffer.byteLength(character) };
}
