import type { Secret } from './secret.ts';

const DOTS = '••••';
/** Fewer hidden characters than this, and the prefix is hidden too. */
const HIDDEN_AT_LEAST = 8;

/** What stands for a key in a preview: its public prefix, dots and its fingerprint, `sk-live-•••• (3f9a1c2b4d5e)`. */
export function mask(secret: Secret, prefixes: readonly string[]): string {
  const text = secret.reveal();
  const prefix =
    prefixes
      .filter((one) => text.startsWith(one) && text.length - one.length >= HIDDEN_AT_LEAST)
      .sort((a, b) => b.length - a.length)[0] ?? '';
  return `${prefix}${DOTS} (${secret.fingerprint})`;
}
