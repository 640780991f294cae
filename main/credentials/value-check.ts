import { KeychainError, MAX_VALUE_BYTES } from './keychain.ts';
import type { Secret } from './secret.ts';

/**
 * Refuses what not every platform's keychain keeps unchanged (KEYCHAIN.md: empty values throw, NUL cuts the value off on
 * Linux, Windows stops at 2,560 bytes).
 * @throws {KeychainError} `keychain-value-refused`, with nothing written.
 */
export function checkValue(value: Secret): void {
  const text = value.reveal();
  const reason =
    text === ''
      ? 'it is empty'
      : text.includes('\0')
        ? 'it holds a NUL character'
        : Buffer.byteLength(text) > MAX_VALUE_BYTES
          ? `it is longer than ${MAX_VALUE_BYTES} bytes`
          : !text.isWellFormed()
            ? 'it holds half a character'
            : null;
  if (reason === null) return;
  throw new KeychainError(
    'keychain-value-refused',
    `The keychain can’t keep this value: ${reason}. Nothing was stored.`,
    'Check that the whole key, and only the key, was copied.',
  );
}

/** @throws {KeychainError} `keychain-read-back` when what was read is not what was written. */
export function checkReadBack(written: Secret, read: Secret | null): void {
  if (read?.equals(written)) return;
  throw new KeychainError(
    'keychain-read-back',
    'The keychain took a value and did not give the same one back. It is not known what it holds now; nothing else was changed.',
    'Unlock or repair the keychain, then try again.',
  );
}
