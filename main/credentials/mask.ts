import type { Secret } from './secret.ts';

const DOTS = '••••';
/** Fewer hidden characters than this, and the prefix is hidden too. */
const HIDDEN_AT_LEAST = 8;

/** The public beginning of a key (`sk-live-`), the longest of those given that fits; empty where none does. */
export function publicPrefix(secret: Secret, prefixes: readonly string[]): string {
  const text = secret.reveal();
  const fitting = prefixes.filter((one) => text.startsWith(one) && text.length - one.length >= HIDDEN_AT_LEAST);
  return fitting.sort((a, b) => b.length - a.length)[0] ?? '';
}

/** What stands for a key of which only this is known: `sk-live-•••• (3f9a1c2b4d5e)`. */
export function masked(prefix: string, fingerprint: string): string {
  return `${prefix}${DOTS} (${fingerprint})`;
}

/** What stands for a key in a preview: its public prefix, dots and its fingerprint. */
export function mask(secret: Secret, prefixes: readonly string[]): string {
  return masked(publicPrefix(secret, prefixes), secret.fingerprint);
}
