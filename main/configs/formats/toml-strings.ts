import type { Piece, Written } from '../extent.ts';
import { Layer } from '../layer.ts';
import { DecodedText } from './decoded-text.ts';
import { CannotHold } from './format.ts';

/** How a text is written in TOML. */
export type TomlStyle = 'basic' | 'multi-line basic' | 'literal' | 'multi-line literal';

const QUOTES: Readonly<Record<TomlStyle, string>> = {
  basic: '"',
  'multi-line basic': '"""',
  literal: "'",
  'multi-line literal': "'''",
};

const TAB = 0x09;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const BACKSLASH = 0x5c;
const DELETE = 0x7f;

const LETTERS: Readonly<Record<string, string>> = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
  e: '\u001b',
  '"': '"',
  '\\': '\\',
};
/** What is written for a character in every version of TOML. */
const ESCAPES: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
};
const NUMBERED = /^\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})/;
const CONTROL_BUT_TAB = /(?!\t)\p{Cc}/u;

/** The text of a string value, with the way back to the bytes of the file. */
export function tomlLayer(bytes: Buffer, { start, end, style }: Written): Layer {
  const decoded = isTomlStyle(style) ? decode(bytes, start, end, style) : null;
  // Nothing whole stands there (any more): what is written there doesn't pass the check.
  if (!decoded)
    return new Layer(bytes.subarray(start, end), Layer.ofFile(bytes), { offsets: start, write: refuse }, null);
  return decoded.layer(bytes, (text, at) => {
    if (style === 'literal' && (text.includes("'") || CONTROL_BUT_TAB.test(text))) refuse();
    // Two quotes in a row, or one at an end, may come to stand beside others.
    if (style === 'multi-line literal' && (/^'|''|'$/.test(text) || CONTROL_BUT_TAB.test(text))) refuse();
    if (style === 'literal' || style === 'multi-line literal') return text;
    const escaped = escapeBasic(text);
    // Behind a backslash at the end of a line, blanks are no part of the text.
    return escaped.startsWith(' ') && decoded.isBehindGap(at) ? `\\u0020${escaped.slice(1)}` : escaped;
  });
}

/** Whether just this string value stands there, whole, with its quotes. */
export function isWholeToml(bytes: Buffer, { start, end, style }: Written): boolean {
  if (!isTomlStyle(style)) return false;
  const quotes = QUOTES[style];
  const mark = quotes.charCodeAt(0);
  const length = quotes.length;
  return (
    start >= length &&
    bytes.toString('latin1', start - length, start) === quotes &&
    bytes.toString('latin1', end, end + length) === quotes &&
    bytes[start - length - 1] !== mark &&
    bytes[end + length] !== mark &&
    decode(bytes, start, end, style) !== null
  );
}

/** A literal string written anew as a basic one, which holds every text. The others need not be. */
export function respellToml(bytes: Buffer, literal: Written, text: string): Piece | null {
  const { start, end, style } = literal;
  if (!isWholeToml(bytes, literal)) return null;
  if (style === 'literal') return { start: start - 1, end: end + 1, text: `"${escapeBasic(text)}"` };
  if (style !== 'multi-line literal') return null;
  const around = { start: start - 3, end: end + 3 };
  const [, first = '', written = ''] = /^(\r?\n)?(.*)$/s.exec(bytes.toString('utf8', start, end)) ?? [];
  const linesBefore = written.split('\n').length;
  if (text.split('\n').length === linesBefore && (first !== '' || linesBefore > 1)) {
    // The line breaks are the string's own: they stay.
    const lineBreak = written.includes('\r\n') ? '\r\n' : '\n';
    const lines = text.split(lineBreak).map(escapeBasic);
    return { ...around, text: `"""${first}${lines.join(lineBreak)}"""` };
  }
  // Some readers make LF of CRLF: there, an escaped line break would no longer be what it was to one of them.
  if (written.includes('\r\n')) return null;
  return { ...around, text: `"${escapeBasic(text)}"` };
}

function isTomlStyle(style: string): style is TomlStyle {
  return Object.hasOwn(QUOTES, style);
}

function refuse(): never {
  throw new CannotHold();
}

function escapeBasic(text: string): string {
  return text.replace(/["\\\p{Cc}]/gu, (character) => {
    const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    return ESCAPES[character] ?? `\\u${code}`;
  });
}

/** Null where what stands there is no string value of that style. */
function decode(bytes: Buffer, start: number, end: number, style: TomlStyle): DecodedText | null {
  const isMultiLine = style.startsWith('multi-line');
  const hasEscapes = style.endsWith('basic');
  const mark = QUOTES[style].charCodeAt(0);
  // The line break right behind the quotes is no part of the text.
  let at = start;
  if (isMultiLine && bytes[at] === RETURN && bytes[at + 1] === LINE_FEED) at++;
  if (isMultiLine && bytes[at] === LINE_FEED) at++;
  const decoded = new DecodedText(at, Math.max(0, end - at));
  let marks = 0;
  while (at < end) {
    const byte = bytes[at] ?? 0;
    marks = byte === mark ? marks + 1 : 0;
    if (marks === (isMultiLine ? 3 : 1)) return null;
    if (hasEscapes && byte === BACKSLASH) {
      const found = escapeAt(bytes, at, isMultiLine);
      if (!found || found.end > end) return null;
      decoded.addEscape(found.text, at, found.end);
      at = found.end;
    } else {
      const isLineBreak = byte === LINE_FEED || (byte === RETURN && bytes[at + 1] === LINE_FEED);
      const isControl = (byte < SPACE && byte !== TAB) || byte === DELETE;
      if (isControl && !(isMultiLine && isLineBreak)) return null;
      decoded.addByte(byte, at++);
    }
  }
  return decoded;
}

/** What the escape at a backslash stands for (nothing, for a backslash at the end of a line), and where it ends. */
function escapeAt(bytes: Buffer, at: number, isMultiLine: boolean): { text: string; end: number } | null {
  const written = bytes.toString('latin1', at, at + 10);
  const letter = LETTERS[written.charAt(1)];
  if (letter !== undefined) return { text: letter, end: at + 2 };
  const [numbered] = NUMBERED.exec(written) ?? [];
  if (numbered !== undefined) {
    const code = Number.parseInt(numbered.slice(2), 16);
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return null;
    return { text: String.fromCodePoint(code), end: at + numbered.length };
  }
  if (!isMultiLine) return null;
  let end = at + 1;
  let breaks = 0;
  for (; isBlank(bytes[end]); end++) if (bytes[end] === LINE_FEED) breaks++;
  return breaks > 0 ? { text: '', end } : null;
}

function isBlank(byte: number | undefined): boolean {
  return byte === SPACE || byte === TAB || byte === LINE_FEED || byte === RETURN;
}
