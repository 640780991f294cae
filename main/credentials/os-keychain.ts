import type * as KeytarModule from 'keytar';
import { type Keychain, KeychainError, type KeychainErrorCode } from './keychain.ts';
import { probeWithSentinel } from './probe.ts';
import { Secret } from './secret.ts';
import { checkReadBack, checkValue } from './value-check.ts';

/** The part of keytar that is used: never `findCredentials`, which a locked keyring answers with SIGSEGV. */
type Keytar = Pick<typeof KeytarModule, 'getPassword' | 'setPassword' | 'deletePassword'>;

/** The name under which the OS shows our items. */
const SERVICE = 'Rekey';
/** The OS may ask the person to unlock; nobody needs longer than this to answer, in milliseconds. */
const ANSWER_WITHIN_MS = 60_000;

/** How keytar words what is wrong (KEYCHAIN.md; measured with gnome-keyring 42.1). */
const WORDINGS: readonly (readonly [RegExp, KeychainErrorCode, string, string])[] = [
  [
    /locked|interaction is not allowed/i,
    'keychain-locked',
    'The keychain is locked.',
    'Unlock it (log in to the desktop, or open its password manager), then try again.',
  ],
  [
    /autolaunch D-Bus|DBUS_SESSION_BUS_ADDRESS|Could not connect|Connection refused|logon session does not exist/i,
    'keychain-no-session',
    'There is no desktop session in which a keychain could run.',
    'Start Rekey from a desktop, or choose an encrypted file as the keychain.',
  ],
  [
    /org\.freedesktop\.secrets|ServiceUnknown|libsecret/i,
    'keychain-no-service',
    'No keychain service is installed on this machine.',
    'Install one (gnome-keyring or KWallet), or choose an encrypted file as the keychain.',
  ],
  [
    /does not exist at path/i,
    'keychain-no-collection',
    'The keychain has no place for passwords yet.',
    'Open its password manager once and make a keyring named Login, or choose an encrypted file as the keychain.',
  ],
];

/** The keychain of the operating system, through keytar, which is loaded when it is first needed. */
export class OsKeychain implements Keychain {
  readonly kind = 'os';
  #keytar: Promise<Keytar> | null = null;

  async get(account: string): Promise<Secret | null> {
    const value = await this.#ask((keytar) => keytar.getPassword(SERVICE, account));
    return value === null ? null : new Secret(value);
  }

  async set(account: string, value: Secret): Promise<void> {
    checkValue(value);
    await this.#ask((keytar) => keytar.setPassword(SERVICE, account, value.reveal()));
    checkReadBack(value, await this.get(account));
  }

  async delete(account: string): Promise<void> {
    await this.#ask((keytar) => keytar.deletePassword(SERVICE, account));
  }

  probe(): Promise<void> {
    return probeWithSentinel(this);
  }

  async #ask<T>(work: (keytar: Keytar) => Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('the keychain did not answer')), ANSWER_WITHIN_MS);
    });
    try {
      return await Promise.race([this.#load().then(work), late]);
    } catch (cause) {
      throw keychainError(cause);
    } finally {
      clearTimeout(timer);
    }
  }

  #load(): Promise<Keytar> {
    this.#keytar ??= import('keytar').then((module) => module.default ?? module);
    return this.#keytar;
  }
}

/** keytar's messages never hold a value, but they are for developers: the cause keeps them. */
function keychainError(cause: unknown): KeychainError {
  const words = cause instanceof Error ? cause.message : '';
  for (const [pattern, code, message, wayOut] of WORDINGS) {
    if (pattern.test(words)) return new KeychainError(code, `${message} Nothing was stored.`, wayOut, { cause });
  }
  const didNotAnswer = words === 'the keychain did not answer';
  return new KeychainError(
    'keychain-failed',
    didNotAnswer
      ? 'The keychain did not answer within a minute; what was written may still arrive.'
      : 'The keychain of this machine can’t be used.',
    'See whether it asks for something (a password, a permission), then try again; or choose an encrypted file as the keychain.',
    { cause },
  );
}
