import type { KeychainState } from '../../preload/contract.ts';
import { errorView } from '../errors.ts';
import { type Keychain, KeychainError } from './keychain.ts';
import type { Secret } from './secret.ts';

/** A keychain that was handed in and can't be exchanged (the demo's, a test's), with the state that pages ask for. */
export class FixedKeychain implements Keychain {
  readonly #inner: Keychain;

  constructor(inner: Keychain) {
    this.#inner = inner;
  }

  get kind(): Keychain['kind'] {
    return this.#inner.kind;
  }

  get(account: string): Promise<Secret | null> {
    return this.#inner.get(account);
  }

  set(account: string, value: Secret): Promise<void> {
    return this.#inner.set(account, value);
  }

  delete(account: string): Promise<void> {
    return this.#inner.delete(account);
  }

  probe(): Promise<void> {
    return this.#inner.probe();
  }

  async state(): Promise<KeychainState> {
    try {
      await this.#inner.probe();
      return { kind: this.kind, status: 'ready', problem: null };
    } catch (error) {
      const isLocked = error instanceof KeychainError && error.code === 'keychain-locked';
      return { kind: this.kind, status: isLocked ? 'locked' : 'failed', problem: errorView(error) };
    }
  }

  async choose(): Promise<KeychainState> {
    throw new KeychainError(
      'keychain-failed',
      'This keychain can’t be exchanged. Nothing was changed.',
      'Start Rekey as usual to choose another.',
    );
  }

  unlock(): Promise<KeychainState> {
    return this.state();
  }
}
