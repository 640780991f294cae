import { Layer } from '../layer.ts';
import { DecodedText } from './decoded-text.ts';
import { BrokenDocument, CannotHold } from './format.ts';

/**
 * How a text of an XML document is written: an attribute's value in double or single quotes, the same where a program
 * takes the value apart into words, text between tags, and one or more CDATA sections.
 */
export type XmlStyle = 'double' | 'single' | 'double-words' | 'single-words' | 'text' | 'cdata';

const NAMED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);
const REFERENCE = /&(?:(amp|lt|gt|quot|apos)|#([0-9]+)|#x([0-9a-fA-F]+));/y;
/** What is not read as it is written: a reference, the end of a line, in attributes a tab, the seam of two sections. */
const WRITTEN_OTHERWISE = {
  attribute: /&[^;]*;|\r\n|[\t\n\r]/g,
  text: /&[^;]*;|\r\n?/g,
  cdata: /\r\n?|\]\]><!\[CDATA\[/g,
};
/** XML 1.0, 2.2. */
const ALL_CHARACTERS = /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u;
/** What stands for itself however a command line is taken apart. */
const PLAIN_WORD = /^[A-Za-z0-9_\-.,:/@%+=]*$/;

/** The character that a reference stands for, null where there is none. @param raw Latin-1. */
function referenceAt(raw: string, at: number): { readonly text: string; readonly length: number } | null {
  REFERENCE.lastIndex = at;
  const [whole, name, decimal, hex] = REFERENCE.exec(raw) ?? [];
  if (whole === undefined) return null;
  if (name !== undefined) return { text: NAMED.get(name) ?? '', length: whole.length };
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number.parseInt(decimal, 10);
  const text = code <= 0x10ffff ? String.fromCodePoint(code) : '\0';
  return ALL_CHARACTERS.test(text) ? { text, length: whole.length } : null;
}

/** @param raw Latin-1. @param start where it stands in the file. @throws {BrokenDocument} */
export function checkReferences(raw: string, start: number): void {
  for (let at = raw.indexOf('&'); at >= 0; at = raw.indexOf('&', at + 1)) {
    if (referenceAt(raw, at)) continue;
    throw new BrokenDocument(
      'a reference stands here to an entity or character that XML itself does not know',
      start + at,
    );
  }
}

/** What a reader gets for a text that {@link checkReferences} let pass. */
export function xmlText(bytes: Buffer, start: number, end: number, style: XmlStyle): string {
  return xmlLayer(bytes, start, end, style).bytes.toString();
}

/** The characters of a text with the way back to the bytes of the file. */
export function xmlLayer(file: Buffer, start: number, end: number, style: XmlStyle): Layer {
  const write = (text: string): string => spelled(text, style);
  const raw = file.toString('latin1', start, end);
  const special = WRITTEN_OTHERWISE[style === 'text' || style === 'cdata' ? style : 'attribute'];
  if (raw.search(special) < 0) {
    return new Layer(file.subarray(start, end), Layer.ofFile(file), { offsets: start, write }, null);
  }
  const decoded = new DecodedText(start, end - start);
  let at = start;
  const addTo = (next: number): void => {
    for (; at < next; at++) decoded.addByte(file[at] ?? 0, at);
  };
  for (const { 0: written, index } of raw.matchAll(special)) {
    addTo(start + index);
    at += written.length;
    decoded.addEscape(readAs(written, style), start + index, at);
  }
  addTo(end);
  return decoded.layer(file, write);
}

function readAs(written: string, style: XmlStyle): string {
  if (written.startsWith('&')) return referenceAt(written, 0)?.text ?? '';
  if (written.startsWith(']')) return '';
  return style === 'text' || style === 'cdata' ? '\n' : ' ';
}

/** What stands for a text in this style, whatever stands beside it. @throws {CannotHold} */
export function spelled(text: string, style: XmlStyle): string {
  if (!ALL_CHARACTERS.test(text)) throw new CannotHold('a character that XML does not allow');
  if (style === 'cdata') return inCdata(text);
  // Which quotes and backslashes the program knows there isn't known: JetBrains has its own rules.
  if (style.endsWith('-words') && !PLAIN_WORD.test(text)) throw new CannotHold('a text that may need quotes');
  const escaped = text.replace(TO_BE_ESCAPED, (one) => NAMES.get(one) ?? `&#${one.charCodeAt(0)};`);
  if (style.startsWith('double')) return escaped.replaceAll('"', '&quot;');
  if (style.startsWith('single')) return escaped.replaceAll("'", '&apos;');
  // A bracket may come to stand before what makes it the end of a section, and blanks alone are no text to most readers.
  return escaped.replace(/\]$|^ | $/g, (one) => `&#${one.charCodeAt(0)};`);
}

const NAMES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
]);
/** Marks of XML, and what readers take for a blank in an attribute or, as in XML 1.1, for the end of a line. */
const TO_BE_ESCAPED = /[&<>\t\n\r\u007f-\u009f\u2028\u2029]/g;
const ANOTHER_LINE_END = /[\r\u0085\u2028\u2029]/;

/** Sections know no escapes: one that would end too early is ended, and another begun. */
function inCdata(text: string): string {
  if (ANOTHER_LINE_END.test(text)) throw new CannotHold('the end of a line that a reader would change');
  return text.replace(/(?<=^|\])>/g, ']]><![CDATA[>').replace(/\]$/, ']]]><![CDATA[');
}
