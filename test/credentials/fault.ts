import type { CredentialIndex } from '../../main/credentials/credential.schema.ts';
import { CredentialIndexSchema } from '../../main/credentials/credential.schema.ts';
import { type Keychain, KeychainError } from '../../main/credentials/keychain.ts';
import type { Secret } from '../../main/credentials/secret.ts';
import { StorageError } from '../../main/storage/errors.ts';
import { JsonFile } from '../../main/storage/json-file.ts';

/** *Killed*: everything fails from there on. *Failed*: this one use does, and the next ones work. */
export const faultForms = ['killed before', 'killed after', 'failed before', 'failed after'] as const;
export type FaultForm = (typeof faultForms)[number];

/** What goes wrong at the n-th use: before that use was done, or just after. */
export class Fault {
  readonly #at: number;
  readonly #form: FaultForm;
  #uses = 0;

  constructor(at: number, form: FaultForm) {
    this.#at = at;
    this.#form = form;
  }

  get hasCome(): boolean {
    return this.#uses >= this.#at;
  }

  async pass<T>(work: () => Promise<T>, error: () => Error): Promise<T> {
    this.#uses += 1;
    if (this.#uses < this.#at) return work();
    if (this.#uses > this.#at && this.#form.startsWith('failed')) return work();
    if (this.#uses === this.#at && this.#form.endsWith('after')) await work();
    throw error();
  }
}

const locked = (): KeychainError => new KeychainError('keychain-locked', 'The keychain is locked.', 'Unlock it.');
const full = (): StorageError => new StorageError('storage-unwritable', 'The disk is full.', 'Make room.');

export class FaultyKeychain implements Keychain {
  readonly kind = 'memory';
  readonly #inner: Keychain;
  readonly #fault: Fault;

  constructor(inner: Keychain, fault: Fault) {
    this.#inner = inner;
    this.#fault = fault;
  }

  get(account: string): Promise<Secret | null> {
    return this.#fault.pass(() => this.#inner.get(account), locked);
  }

  set(account: string, value: Secret): Promise<void> {
    return this.#fault.pass(() => this.#inner.set(account, value), locked);
  }

  delete(account: string): Promise<void> {
    return this.#fault.pass(() => this.#inner.delete(account), locked);
  }

  probe(): Promise<void> {
    return this.#fault.pass(() => this.#inner.probe(), locked);
  }
}

/** The index on disk. Reading is a use of its own, and a change another. */
export class FaultyIndex extends JsonFile<CredentialIndex> {
  readonly #fault: Fault;

  constructor(path: string, fault: Fault) {
    super(path, CredentialIndexSchema, { version: 1, credentials: [] }, () => {});
    this.#fault = fault;
  }

  override read(): Promise<CredentialIndex> {
    return this.#fault.pass(() => super.read(), full);
  }

  override update(change: (value: CredentialIndex) => CredentialIndex): Promise<CredentialIndex> {
    return this.#fault.pass(() => super.update(change), full);
  }
}
