import { RekeyError } from '../errors.ts';
import type { Secret } from './secret.ts';

export type KeychainKind = 'os' | 'file' | 'memory';

export type KeychainErrorCode =
  | 'keychain-locked'
  | 'keychain-no-session'
  | 'keychain-no-service'
  | 'keychain-no-collection'
  | 'keychain-wrong-passphrase'
  | 'keychain-damaged'
  | 'keychain-not-chosen'
  | 'keychain-value-refused'
  | 'keychain-read-back'
  | 'keychain-failed';

export class KeychainError extends RekeyError<KeychainErrorCode> {}

/**
 * Where secrets are kept. Accounts are names of ours (`credential:<id>:current`, `pending:<rotation>`, ...).
 *
 * @see KEYCHAIN.md of the design for what the OS keychain does when it is locked, gone or given odd values.
 */
export interface Keychain {
  readonly kind: KeychainKind;
  /**
   * The value under `account`, or null. From the OS keychain, null can also mean *locked*: whoever expects a value
   * there must say "locked or unavailable", never "missing".
   */
  get(account: string): Promise<Secret | null>;
  /** Writes and reads back. @throws {KeychainError} with nothing written, or with the written value in doubt (`keychain-read-back`). */
  set(account: string, value: Secret): Promise<void>;
  /** Deletes if there; no error when there is none. */
  delete(account: string): Promise<void>;
  /** Writes, reads back and deletes a sentinel. @throws {KeychainError} that says why nothing can be kept now. */
  probe(): Promise<void>;
}

/** Longest value in bytes that every platform's keychain takes (Windows stops at 2,560). */
export const MAX_VALUE_BYTES = 2_500;
