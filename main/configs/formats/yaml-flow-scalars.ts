import type { Written } from '../extent.ts';
import { Layer } from '../layer.ts';
import { CannotHold } from './format.ts';
import { Decoded } from './yaml-decoded.ts';
import { doubleQuoted, inPlain, singleQuoted } from './yaml-spelling.ts';

const TAB = 0x09;
const NEWLINE = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const SINGLE = 0x27;
const BACKSLASH = 0x5c;
const NAMED: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
};
const HEX_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };
/** What ends a document when a line begins with it, even in a text. */
const MARKER = /^(?:---|\.\.\.)/;

/** The text of a plain, single- or double-quoted scalar, whose lines are folded. */
export function flowLayer(file: Buffer, { start, end, style }: Written): Layer {
  const raw = file.subarray(start, end);
  const below = Layer.ofFile(file);
  const isOneLine = !raw.includes(NEWLINE);
  const needsNoDecoding =
    isOneLine && !raw.includes(style === 'double' ? BACKSLASH : style === 'single' ? SINGLE : NEWLINE);
  const { bytes, offsets } = needsNoDecoding ? { bytes: raw, offsets: start } : decoded(file, start, end, style);

  const write = (text: string, at: number): string => {
    const isMarker = !isOneLine && MARKER.test(text);
    if (style === 'double') {
      const written = doubleQuoted(text);
      // A line break that is escaped before the place goes along with it, and stays.
      const place = typeof offsets === 'number' ? offsets + at : (offsets[at] ?? end);
      const kept = escapedBreakAt(file, place, end);
      return kept + (isMarker ? `\\x${written.charCodeAt(0).toString(16)}${written.slice(1)}` : written);
    }
    if (isMarker) throw new CannotHold();
    if (style === 'single') return singleQuoted(text, isOneLine);
    return inPlain(text, bytes.toString('utf8', 0, at), style === 'plain-in-flow');
  };
  return new Layer(bytes, below, { offsets, write }, null);
}

function decoded(file: Buffer, start: number, end: number, style: string) {
  const text = new Decoded();
  for (let at = start; at < end; ) {
    const byte = file[at] ?? 0;
    if (byte === SPACE || byte === TAB || byte === NEWLINE || byte === RETURN) at = blanks(file, at, end, text);
    else if (style === 'double' && byte === BACKSLASH) at = escaped(file, at, end, text);
    else {
      text.add(byte, at);
      at += style === 'single' && byte === SINGLE ? 2 : 1;
    }
  }
  return text.done(end);
}

/** Blanks within a line stand for themselves; one line break with those around it for a blank, more for one break less. */
function blanks(file: Buffer, start: number, end: number, text: Decoded): number {
  const breaks: number[] = [];
  let at = start;
  for (; at < end && [SPACE, TAB, NEWLINE, RETURN].includes(file[at] ?? 0); at++) {
    if (file[at] === NEWLINE) breaks.push(at);
  }
  const [, ...more] = breaks;
  if (breaks.length === 0) for (let one = start; one < at; one++) text.add(file[one] ?? SPACE, one);
  else if (more.length === 0) text.add(SPACE, start);
  else for (const [index, place] of more.entries()) text.add(NEWLINE, index === 0 ? start : place);
  return at;
}

function escaped(file: Buffer, at: number, end: number, text: Decoded): number {
  const broken = escapedBreakAt(file, at, end);
  if (broken !== '') {
    text.skip(at);
    return at + broken.length;
  }
  const letter = String.fromCharCode(file[at + 1] ?? 0);
  const digits = HEX_DIGITS[letter];
  if (digits === undefined) {
    text.addText(NAMED[letter] ?? letter, at);
    return at + 2;
  }
  const code = hex(file, at + 2, digits);
  const next = at + 2 + digits;
  const isHigh = code >= 0xd800 && code <= 0xdbff;
  if (isHigh && file[next] === BACKSLASH && file[next + 1] === 0x75) {
    const low = hex(file, next + 2, 4);
    if (low >= 0xdc00 && low <= 0xdfff) {
      text.addText(String.fromCharCode(code, low), at);
      return next + 6;
    }
  }
  text.addText(code <= 0x10ffff ? String.fromCodePoint(code).toWellFormed() : '\ufffd', at);
  return next;
}

function hex(file: Buffer, at: number, digits: number): number {
  return Number.parseInt(file.toString('latin1', at, at + digits), 16);
}

/** A backslash before a line break, with the break and the blanks that follow; empty where none stands. */
function escapedBreakAt(file: Buffer, start: number, end: number): string {
  if (file[start] !== BACKSLASH) return '';
  let at = start + 1;
  if (file[at] === RETURN) at++;
  if (file[at] !== NEWLINE) return '';
  at++;
  while (at < end && (file[at] === SPACE || file[at] === TAB)) at++;
  return file.toString('latin1', start, at);
}
