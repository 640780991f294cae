/** How strict to be: a value that is named like a secret needs less to count as one. */
export type Bar = 'named' | 'bare';

const RULES: Readonly<Record<Bar, { shortest: number; random: number; distinct: number; bits: number }>> = {
  named: { shortest: 16, random: 12, distinct: 8, bits: 2.8 },
  bare: { shortest: 24, random: 20, distinct: 14, bits: 3.7 },
};
const LONGEST = 512;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Long enough to be one, and never one: what documentation says in the place of a key. */
const PLACEHOLDER =
  /(?:^|[-_.])(?:your|my|insert|replace|redacted|example|placeholder|changeme|dummy|x{3,}|\*{3,})(?:[-_.]|$)|x{6}|EXAMPLE|(.)\1{7}/i;

/** Words that stand for a key in documentation: `sk-your-key-here`, `REDACTED-BY-REKEY`. */
export function isPlaceholder(token: string): boolean {
  return PLACEHOLDER.test(token);
}

/**
 * Whether a token looks as if a generator of keys had made it, and not like what people and programs write there
 * otherwise: words, versions, models, paths, packages, addresses, hashes, ids.
 */
export function looksRandom(token: string, bar: Bar): boolean {
  const rule = RULES[bar];
  const isUsual = token.length >= rule.shortest && token.length <= LONGEST && !isPlaceholder(token);
  if (!isUsual || isPath(token)) return false;
  if (new Set(token).size < rule.distinct || bitsPerCharacter(token) < rule.bits) return false;
  if (bar === 'bare' && (!/[a-z]/.test(token) || !/[A-Z]/.test(token) || !/\d/.test(token) || token.includes('.')))
    return false;
  if (UUID.test(token)) return bar === 'named';
  const parts = token.split(/[-_.+/~=]/);
  const random = parts.filter((part) => !isWordy(part)).reduce((sum, part) => sum + part.length, 0);
  return random >= rule.random;
}

/** Shannon's entropy of the characters as they are. */
function bitsPerCharacter(token: string): number {
  const counts = new Map<string, number>();
  for (const character of token) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / token.length) * Math.log2(count / token.length), 0);
}

/** Base64 has slashes too, but neither begins with one nor has dots beside them. */
function isPath(token: string): boolean {
  return /^[./~]|\/\/|\/$/.test(token) || (token.includes('/') && token.includes('.'));
}

/** A part of a token that a person could have written: a word, words in camel case, a small number, a version. */
function isWordy(part: string): boolean {
  if (part.length <= 3 || /^\d{1,8}$/.test(part)) return true;
  const [, head = '', letters = '', tail = ''] = /^(\d{0,4})([A-Za-z]*)(\d{0,4})$/.exec(part) ?? [];
  if (letters === '' || (head !== '' && tail !== '')) return false;
  const words = letters.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? [];
  return letters.length / words.length >= 3 && words.every(isSpeakable);
}

/** Has vowels where a word has them. */
function isSpeakable(word: string): boolean {
  return word.length <= 18 && !/[bcdfghjklmnpqrstvwxz]{6}/i.test(word) && (word.length <= 4 || /[aeiouy]/i.test(word));
}
