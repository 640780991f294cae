import { Secret } from '../credentials/secret.ts';
import { type Path, valueAt } from './answer.ts';

/** The keychain takes 2,500 bytes for key and companions together, written as JSON. */
const MOST_KEY_BYTES = 2_000;
export const MOST_COMPANION_BYTES = 400;

export type FoundKey =
  | { readonly found: true; readonly key: Secret; readonly path: Path }
  /** A clause: "the answer holds no key". */
  | { readonly found: false; readonly reason: string };

/** The first value at one of `paths` that can be a new key; `known` keys are none. */
export function findNewKey(document: unknown, paths: readonly Path[], known: readonly Secret[]): FoundKey {
  let reason = 'the answer holds no key';
  for (const path of paths) {
    const value = valueAt(document, path);
    if (value === undefined || value === null || value === '') continue;
    if (!canBeKey(value)) {
      reason = 'what the answer gives as the new key can’t be one';
      continue;
    }
    const key = new Secret(value);
    if (!known.some((one) => one.equals(key))) return { found: true, key, path };
    reason = 'the answer gives the old key as the new one';
  }
  return { found: false, reason };
}

/** A further secret beside a key, or null; an absurd one is left out, since the key itself matters more. */
export function findCompanion(document: unknown, path: Path): Secret | null {
  const value = valueAt(document, path);
  return canBeKey(value, MOST_COMPANION_BYTES) ? new Secret(value) : null;
}

/** Visible ASCII without spaces: anything else could not be sent in a header, or would not survive a config file. */
export function canBeKey(value: unknown, mostBytes = MOST_KEY_BYTES): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value) && JSON.stringify(value).length - 2 <= mostBytes;
}
