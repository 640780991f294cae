import { Secret } from '../credentials/secret.ts';
import { decodedBody } from './answer.ts';
import { keysInside } from './key-pattern.ts';
import { canBeKey, MOST_COMPANION_BYTES } from './new-key.ts';
import type { Provider } from './provider.ts';

/** Each one costs a question to the service. */
const MOST_CANDIDATES = 5;

/**
 * Strings in an answer that could not be read which look like a key of this provider and aren't a known one: the
 * likeliest first, at most 5. Whoever gets them asks the service which one it takes.
 *
 * @param raw the body as it came: cut short, garbled or not JSON at all.
 */
export function candidates(raw: Buffer, provider: Pick<Provider, 'keyPattern'>, known: readonly Secret[]): Secret[] {
  const text = readable(raw);
  const named: string[] = [];
  const others: string[] = [];
  for (const match of text.matchAll(keysInside(provider.keyPattern))) {
    const [value] = match;
    const isFieldName = /^["']\s*:/.test(text.slice(match.index + value.length, match.index + value.length + 20));
    if (isFieldName || !canBeKey(value) || known.some((key) => key.reveal() === value)) continue;
    const before = text.slice(Math.max(0, match.index - 40), match.index);
    (/key|token|secret/i.test(before) ? named : others).push(value);
  }
  return [...new Set([...named, ...others])].slice(0, MOST_CANDIDATES).map((value) => new Secret(value));
}

/** The further secrets of this provider that stand in such an answer under their own names. */
export function companionsIn(raw: Buffer, { companions }: Pick<Provider, 'companions'>): Record<string, Secret> {
  const text = readable(raw);
  return Object.fromEntries(
    companions.flatMap(({ name }) => {
      const value = new RegExp(`"${name}"\\s*:\\s*"([^"]+)"`).exec(text)?.[1];
      return canBeKey(value, MOST_COMPANION_BYTES) ? [[name, new Secret(value)]] : [];
    }),
  );
}

/** Keys are ASCII, so that bytes which aren't UTF-8 can't hide one. */
function readable(raw: Buffer): string {
  return unescaped(decodedBody({ body: raw, headers: {} }).toString('latin1'));
}

/** JSON's escapes undone wherever they stand, since `-` may be written `\u002d` and `/` as `\/`. */
function unescaped(text: string): string {
  return text
    .replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\\[bfnrt]/g, ' ')
    .replace(/\\(.)/g, '$1');
}
