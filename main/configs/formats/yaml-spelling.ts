import { CannotHold } from './format.ts';

const WORD = /^(?:~|null|true|false|yes|no|on|off|y|n|=|<<)?$/i;
const NUMBER = /^[-+]?(?:\d[\d_]*)?(?:\.[\d_]*)?(?:e[-+]?\d*)?$/i;
const NUMBER_OF_BASE = /^[-+]?0(?:x[\da-f_]+|o[0-7_]+|b[01_]+)$/i;
const SEXAGESIMAL = /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/;
const NO_NUMBER = /^[-+]?\.(?:inf|nan)$/i;
const DATE = /^\d{4}-\d\d?-\d\d?(?:[Tt \t].*)?$/s;
/** How numbers and dates begin: whether such a text is one or the other is told by what follows. */
const MAY_BECOME_A_NUMBER = /^(?:[-+]?\.?|[-+]?\.?\d[-+.:\d_ \tTtZzEe]*)$/;

/** Letters, digits and signs that mean nothing in the middle of a plain scalar. A colon does before a blank and at the end. */
const PLAIN = /^(?:[\p{L}\p{N}!$%&()*+./;<=>?@\\^_|~-]|:(?=[\p{L}\p{N}+./_-]))*$/u;
const PLAIN_START = /^[\p{L}\p{N}_/]/u;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must be escaped
const NOT_PRINTABLE = /[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\p{Noncharacter_Code_Point}]/u;
const TO_ESCAPE = new RegExp(`["\\\\]|${NOT_PRINTABLE.source}|^ | $`, 'gu');
const SHORT: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Whether a plain scalar is a text to the readers of YAML 1.1 and of 1.2, and of what stands between them. */
export function isCertainlyText(plain: string): boolean {
  return ![WORD, NUMBER, NUMBER_OF_BASE, SEXAGESIMAL, NO_NUMBER, DATE].some((pattern) => pattern.test(plain));
}

/**
 * A text as it stands between double quotes, on one line. Blanks at its ends are escaped, since line breaks may be
 * around it, which would take them away.
 */
export function doubleQuoted(text: string): string {
  return text.replace(TO_ESCAPE, (char) => {
    const short = SHORT[char];
    if (short) return short;
    const hex = (char.codePointAt(0) ?? 0).toString(16);
    if (hex.length <= 2) return `\\x${hex.padStart(2, '0')}`;
    return hex.length <= 4 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
  });
}

/** A text as it stands between single quotes. @throws {CannotHold} @param isOneLine whether blanks at its ends are safe. */
export function singleQuoted(text: string, isOneLine: boolean): string {
  if (NOT_PRINTABLE.test(text) || (!isOneLine && /^ | $/.test(text))) throw new CannotHold();
  return text.replaceAll("'", "''");
}

/** A text as it stands in a plain scalar. @throws {CannotHold} @param before what stands before it in the same scalar. */
export function inPlain(text: string, before: string, inFlow: boolean): string {
  const starts = before === '';
  const mayBeNumber = MAY_BECOME_A_NUMBER.test(starts ? text : before);
  if (mayBeNumber || !PLAIN.test(text) || (inFlow && /[:?]/.test(text))) throw new CannotHold();
  if (starts && !(PLAIN_START.test(text) && isCertainlyText(text))) throw new CannotHold();
  return text;
}

/**
 * A text as it stands in a block scalar.
 * @param newline what parts its lines: a line break and the indentation; null where one can't be written.
 * @throws {CannotHold}
 */
export function inBlock(text: string, newline: string | null): string {
  const lines = text.split('\n');
  const isPlain = lines.every((line) => line !== '' && !/^ | $/.test(line) && !NOT_PRINTABLE.test(line));
  if (!isPlain || (newline === null && lines.length > 1)) throw new CannotHold();
  return lines.join(newline ?? '\n');
}
