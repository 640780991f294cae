import { join } from 'node:path';
import { accounts } from '../credentials/accounts.ts';
import type { Keychain } from '../credentials/keychain.ts';
import { newSealKey } from '../credentials/sealed.ts';
import type { Secret } from '../credentials/secret.ts';
import { withOwnFileLock } from '../storage/own-file-lock.ts';

/** The one key that all kept versions are sealed with, in the keychain; made when the first one is kept. */
export class BackupKey {
  readonly #lockedBy: string;
  readonly #keychain: Keychain;

  /** @param folder where the lock stands under which the key is made. */
  constructor(folder: string, keychain: Keychain) {
    this.#lockedBy = join(folder, 'key');
    this.#keychain = keychain;
  }

  /** Null when the keychain has none, or doesn't give it because it is locked. @throws {KeychainError} */
  find(): Promise<Secret | null> {
    return this.#keychain.get(accounts.backups);
  }

  /** Of two processes that have none, one makes it for both; the folder is there. @throws {KeychainError}, {StorageError} */
  async findOrMake(): Promise<Secret> {
    return (await this.find()) ?? withOwnFileLock(this.#lockedBy, () => this.#make());
  }

  async #make(): Promise<Secret> {
    // A locked keychain gives null too; a key made then would take the place of the one that is in it.
    await this.#keychain.probe();
    const known = await this.find();
    if (known) return known;
    const key = newSealKey();
    await this.#keychain.set(accounts.backups, key);
    return key;
  }
}
