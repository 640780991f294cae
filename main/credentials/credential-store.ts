import { randomUUID } from 'node:crypto';
import { RekeyError } from '../errors.ts';
import type { JsonFile } from '../storage/json-file.ts';
import { accounts } from './accounts.ts';
import type { Credential, CredentialIndex } from './credential.schema.ts';
import { type Keychain, KeychainError, type KeychainErrorCode } from './keychain.ts';
import { type PendingKey, packPending, unpackPending } from './pending-key.ts';
import type { Secret } from './secret.ts';

export type CredentialErrorCode =
  | 'credential-unknown'
  | 'credential-name-taken'
  | 'credential-key-known'
  | 'credential-key-form'
  | 'credential-key-refused'
  | 'credential-setting-unknown';

export class CredentialError extends RekeyError<CredentialErrorCode> {}

/** There is no keychain to be unlocked. */
const GONE: ReadonlySet<KeychainErrorCode> = new Set([
  'keychain-no-session',
  'keychain-no-service',
  'keychain-no-collection',
  'keychain-not-chosen',
]);

interface Options {
  readonly index: JsonFile<CredentialIndex>;
  readonly keychain: Keychain;
  readonly now: () => Date;
}

type NewCredential = Pick<
  Credential,
  'name' | 'provider' | 'baseUrl' | 'kind' | 'settings' | 'verification' | 'prefix'
> & {
  readonly secret: Secret;
};

/**
 * The credentials of this machine: an index without secrets, and the secrets in the keychain.
 *
 * An entry in the index without a value in the keychain means that the keychain is locked, so the order is: keychain
 * first and index last when something comes, index first and keychain last when something goes. A crash in between
 * leaves a value that nobody refers to, never a name without its key.
 */
export class CredentialStore {
  readonly #index: JsonFile<CredentialIndex>;
  readonly #keychain: Keychain;
  readonly #now: () => Date;

  constructor({ index, keychain, now }: Options) {
    this.#index = index;
    this.#keychain = keychain;
    this.#now = now;
  }

  async list(): Promise<Credential[]> {
    return (await this.#index.read()).credentials;
  }

  /** By id, or by name without regard to case. @throws {CredentialError} `credential-unknown`. */
  async find(ref: string): Promise<Credential> {
    const all = await this.list();
    const found = all.find(({ id }) => id === ref) ?? all.find(({ name }) => sameName(name, ref));
    if (found) return found;
    const names = all.map(({ name }) => `“${name}”`).join(', ');
    throw new CredentialError(
      'credential-unknown',
      `Rekey holds no credential “${ref.slice(0, 60)}”.`,
      names ? `It holds ${names}.` : 'Add one first.',
    );
  }

  /** @throws {CredentialError} `credential-name-taken`, `credential-key-known`. */
  async checkNew({ name, secret }: { readonly name: string; readonly secret: Secret }): Promise<void> {
    refuseKnown(await this.list(), name, secret);
  }

  /** Keeps a key under a new name. @throws {CredentialError} as {@link checkNew}, {KeychainError}; nothing is kept then. */
  async add({ secret, ...given }: NewCredential): Promise<Credential> {
    await this.checkNew({ name: given.name, secret });
    const credential: Credential = {
      ...given,
      id: randomUUID(),
      fingerprint: secret.fingerprint,
      companions: [],
      createdAt: this.#now().toISOString(),
      rotatedAt: null,
      cooldown: null,
    };
    try {
      await this.#keychain.set(accounts.current(credential.id), secret);
      await this.#index.update((index) => {
        refuseKnown(index.credentials, given.name, secret);
        return { ...index, credentials: [...index.credentials, credential] };
      });
    } catch (error) {
      await this.#dropUnlisted(credential.id).catch(() => {});
      throw error;
    }
    return credential;
  }

  /** @throws {CredentialError} `credential-unknown`. */
  async update(id: string, patch: Partial<Omit<Credential, 'id'>>): Promise<Credential> {
    await this.#index.update((index) => ({
      ...index,
      credentials: index.credentials.map((one) => (one.id === id ? { ...one, ...patch } : one)),
    }));
    return this.find(id);
  }

  /**
   * Forgets a credential and its secrets. The service is not told. Where there is no keychain any more, what it held is
   * out of reach, and the name is removed all the same.
   * @throws {KeychainError} with nothing removed when the keychain is locked: it would keep the key that nobody knows of.
   */
  async remove(id: string): Promise<void> {
    const { companions } = await this.find(id);
    const reachable = await this.#reachesKeychain();
    await this.#index.update((index) => ({ ...index, credentials: index.credentials.filter((one) => one.id !== id) }));
    if (!reachable) return;
    for (const account of accounts.all(id, companions)) await this.#keychain.delete(account);
  }

  /** @throws {KeychainError} `keychain-locked`: it is in the index, so it is in the keychain. */
  async secretOf(id: string): Promise<Secret> {
    const secret = await this.#keychain.get(accounts.current(id));
    if (secret) return secret;
    throw new KeychainError(
      'keychain-locked',
      'The keychain does not give this key: it is locked or unavailable. Nothing was changed.',
      'Unlock the keychain, then try again.',
    );
  }

  /** The key that the current one has replaced, if there was one and the keychain gives it. */
  previousOf(id: string): Promise<Secret | null> {
    return this.#keychain.get(accounts.previous(id));
  }

  companionOf(id: string, name: string): Promise<Secret | null> {
    return this.#keychain.get(accounts.companion(id, name));
  }

  /** Keeps the key of somebody whom Rekey doesn't hold yet (an operator's agent), to search for it later. */
  async rememberPrevious(id: string, key: Secret): Promise<void> {
    await this.#keychain.set(accounts.previous(id), key);
  }

  /** Keeps a new key as pending, read back, before it takes anybody's place. @throws {KeychainError} */
  async stage(rotationId: string, pending: PendingKey): Promise<void> {
    await this.#keychain.set(accounts.pending(rotationId), packPending(pending));
  }

  /** What {@link stage} has kept, or null. @throws {KeychainError} `keychain-damaged` when it was edited. */
  async staged(rotationId: string): Promise<PendingKey | null> {
    const pending = await this.#keychain.get(accounts.pending(rotationId));
    return pending && unpackPending(pending);
  }

  async unstage(rotationId: string): Promise<void> {
    await this.#keychain.delete(accounts.pending(rotationId));
  }

  /**
   * Makes the pending key the current one. From then on it can be put into files; {@link settle} does the rest. Can be
   * killed anywhere and done again: the pending entry, which has the key of before too, stays until {@link unstage}.
   *
   * @param known what {@link stage} has just kept, where that needn't be read again.
   * @returns the new key, and the one that it replaces.
   * @throws {KeychainError} `keychain-locked` when nothing is pending; the pending key stays.
   */
  async promote(rotationId: string, targetId: string, known: PendingKey | null): Promise<PendingKey> {
    const pending = known ?? (await this.#pendingFor(rotationId, targetId));
    await this.#keychain.set(accounts.current(targetId), pending.key);
    return pending;
  }

  /**
   * Keeps the key of before as the previous one, what came along with the new one, and what is known of it in the index.
   * Safe to be done again.
   *
   * @param target whose key it is; `create` is its entry when it is new to Rekey.
   * @param patch what changes in its entry with the key.
   * @param known what {@link promote} has returned.
   * @throws {KeychainError}; {CredentialError} `credential-unknown` when the target is neither in the index nor new; the
   * pending key stays.
   */
  async settle(
    rotationId: string,
    target: { readonly id: string; readonly create: Credential | null },
    patch: (fresh: PendingKey) => Partial<Omit<Credential, 'id'>>,
    known: PendingKey | null,
  ): Promise<void> {
    const pending = known ?? (await this.#pendingFor(rotationId, target.id));
    const { key, companions, replaces } = pending;
    if (replaces && !replaces.equals(key)) await this.#keychain.set(accounts.previous(target.id), replaces);
    for (const [name, secret] of Object.entries(companions))
      await this.#keychain.set(accounts.companion(target.id, name), secret);
    const change = { ...patch(pending), fingerprint: key.fingerprint };
    await this.#index.update((index) => {
      const present =
        index.credentials.find(({ id }) => id === target.id) ??
        (target.create && named(target.create, index.credentials));
      if (!present) throw unlisted(rotationId);
      const entry = {
        ...present,
        ...change,
        companions: [...new Set([...present.companions, ...Object.keys(companions)])],
      };
      const listed = index.credentials.some(({ id }) => id === target.id);
      const credentials = listed
        ? index.credentials.map((one) => (one.id === target.id ? entry : one))
        : [...index.credentials, entry];
      return { ...index, credentials };
    });
  }

  /** The pending key with the one that it replaces: the current one, as long as that isn't the new one already. */
  async #pendingFor(rotationId: string, targetId: string): Promise<PendingKey> {
    const pending = await this.staged(rotationId);
    if (!pending) {
      throw new KeychainError(
        'keychain-locked',
        'The keychain does not give the new key: it is locked or unavailable. Nothing is lost.',
        'Unlock the keychain, then go on.',
      );
    }
    const current = await this.#keychain.get(accounts.current(targetId));
    if (!current || current.equals(pending.key) || pending.replaces?.equals(current)) return pending;
    const whole = { ...pending, replaces: current };
    await this.stage(rotationId, whole);
    return whole;
  }

  /** Every account in the keychain that the index refers to. */
  async accounts(): Promise<string[]> {
    return (await this.list()).flatMap(({ id, companions }) => accounts.all(id, companions));
  }

  /** A write of the index that failed may have come through all the same (a folder that can't be synced). */
  async #dropUnlisted(id: string): Promise<void> {
    if ((await this.list()).some((one) => one.id === id)) return;
    await this.#keychain.delete(accounts.current(id));
  }

  async #reachesKeychain(): Promise<boolean> {
    try {
      await this.#keychain.probe();
      return true;
    } catch (error) {
      if (error instanceof KeychainError && GONE.has(error.code)) return false;
      throw error;
    }
  }
}

function unlisted(rotationId: string): CredentialError {
  return new CredentialError(
    'credential-unknown',
    `The credential of this rotation is not in Rekey’s index any more. The new key stays in the keychain, as “pending:${rotationId}”.`,
    'Put the index back if it was moved aside, then go on with the rotation.',
  );
}

/** A name may have been given away since it was planned, and two of one name could be taken for each other. */
function named(entry: Credential, all: readonly Credential[]): Credential {
  const isTaken = (name: string): boolean => all.some((one) => sameName(one.name, name));
  let name = entry.name;
  for (let count = 2; isTaken(name); count += 1) name = `${entry.name.slice(0, 50)} ${count}`;
  return { ...entry, name };
}

function sameName(one: string, other: string): boolean {
  return one.localeCompare(other, undefined, { sensitivity: 'accent' }) === 0;
}

function refuseKnown(all: readonly Credential[], name: string, secret: Secret): void {
  const sameKey = all.find(({ fingerprint }) => fingerprint === secret.fingerprint);
  if (sameKey) {
    throw new CredentialError(
      'credential-key-known',
      `Rekey holds this very key already, as “${sameKey.name}”. Nothing was stored.`,
      `Use “${sameKey.name}”, or remove it first.`,
    );
  }
  if (all.some((one) => sameName(one.name, name))) {
    throw new CredentialError(
      'credential-name-taken',
      `There is a credential named “${name}” already. Nothing was stored.`,
      'Choose another name.',
    );
  }
}
