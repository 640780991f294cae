import { KeychainError } from '../../main/credentials/keychain.ts';
import { MemoryKeychain } from '../../main/credentials/memory-keychain.ts';
import type { Secret } from '../../main/credentials/secret.ts';

/** A keychain in memory that locks as the OS keychain does (KEYCHAIN.md): it gives null, and refuses to write. */
export class LockableKeychain extends MemoryKeychain {
  locked = false;

  override async get(account: string): Promise<Secret | null> {
    return this.locked ? null : super.get(account);
  }

  override async set(account: string, value: Secret): Promise<void> {
    if (this.locked) throw new KeychainError('keychain-locked', 'The keychain is locked.', 'Unlock it.');
    await super.set(account, value);
  }

  override async delete(account: string): Promise<void> {
    if (!this.locked) await super.delete(account);
  }

  override async probe(): Promise<void> {
    if (this.locked) throw new KeychainError('keychain-locked', 'The keychain is locked.', 'Unlock it.');
  }
}
