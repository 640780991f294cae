import type { Keychain } from './keychain.ts';
import type { Secret } from './secret.ts';
import { checkValue } from './value-check.ts';

/** Forgets everything when the process ends: for the demo and for tests. */
export class MemoryKeychain implements Keychain {
  readonly kind = 'memory';
  readonly #values = new Map<string, Secret>();

  async get(account: string): Promise<Secret | null> {
    return this.#values.get(account) ?? null;
  }

  async set(account: string, value: Secret): Promise<void> {
    checkValue(value);
    this.#values.set(account, value);
  }

  async delete(account: string): Promise<void> {
    this.#values.delete(account);
  }

  async probe(): Promise<void> {}

  /** Names of what is kept, for a test that looks for leftovers. */
  accounts(): string[] {
    return [...this.#values.keys()];
  }
}
