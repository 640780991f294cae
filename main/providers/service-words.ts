import type { Secret } from '../credentials/secret.ts';
import { keysInside } from './key-pattern.ts';

const MOST_CHARACTERS = 200;
const MASK = '[key]';
/** Control and format characters (line ends aside), among them those that turn the direction of text around. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}]/gu;
/** With a digit in it: long enough to be a key of a form that nobody documented, and no word of a language. */
const LONG_TOKEN = /[\w+=-]{20,}/g;

/** What a key looks like at this service, and keys that are known. */
export interface KeyMarks {
  readonly keyPattern: RegExp;
  readonly known: readonly Secret[];
}

/**
 * The service's own words as they may be shown: one line of at most 200 characters, without control characters, and
 * with `[key]` for whatever is or looks like a key. Null when there are none.
 */
export function serviceWords(value: unknown, marks: KeyMarks): string | null {
  return cut(masked(value, marks).replace(LONG_TOKEN, (token) => (/\d/.test(token) ? MASK : token)));
}

/** A name or an id that the service gives, made safe in the same way, but long ids stay. */
export function accountName(value: unknown, marks: KeyMarks): string | null {
  return cut(masked(value, marks));
}

function masked(value: unknown, { keyPattern, known }: KeyMarks): string {
  if (typeof value !== 'string' && typeof value !== 'number') return '';
  let text = String(value).replace(/\s+/g, ' ').replace(UNSEEN, '');
  for (const key of known) {
    if (key.reveal() !== '') text = text.replaceAll(key.reveal(), MASK);
  }
  return text.replace(keysInside(keyPattern), MASK);
}

function cut(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed.length <= MOST_CHARACTERS) return trimmed || null;
  // By code points, so that no half of a character is left.
  return `${[...trimmed].slice(0, MOST_CHARACTERS - 1).join('')}…`;
}
