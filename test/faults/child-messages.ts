import type { Delays } from '../../main/rotation/parts.ts';
import type { CallName } from '../../preload/contract.ts';

export interface StartOptions {
  readonly delays: Partial<Delays>;
  /** The system's, or the encrypted file in the home folder. */
  readonly keychain: 'os' | 'file';
  /** False: as after a login, before the person has entered the passphrase. */
  readonly unlocked: boolean;
  /** How far the clock of the rotations is ahead, in milliseconds. */
  readonly clockAheadMs: number;
}

export type Question = { readonly id: number } & (
  | { readonly ask: 'call'; readonly name: CallName; readonly input: unknown }
  /** To remember all moments from now on, or to die at one of them. */
  | { readonly ask: 'watch'; readonly until: string | null }
  | { readonly ask: 'moments' }
  | { readonly ask: 'unlock' }
  /** Of its heap, after what nobody uses was cleared away. */
  | { readonly ask: 'heap' }
  /** Of what the keychain has under this account. */
  | { readonly ask: 'fingerprint'; readonly account: string }
);

/** To the question of this id; 0 says that Rekey has started. */
export interface Answer {
  readonly id: number;
  readonly answer?: unknown;
  readonly error?: string;
}
