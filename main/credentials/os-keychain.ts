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

/**
 * How keytar words what is wrong (KEYCHAIN.md; measured with gnome-keyring 42.1; for macOS the texts of errSecUserCanceled,
 * errSecAuthFailed and errSecInteractionNotAllowed). GLib translates its own words, so what it keeps as it is is looked for.
 */
const WORDINGS: readonly (readonly [RegExp, KeychainErrorCode, string, string])[] = [
  [
    /locked|interaction is not allowed|user canceled|passphrase you entered is not correct/i,
    'keychain-locked',
    'The keychain is locked.',
    'Unlock it (log in to the desktop, or open its password manager), then try again.',
  ],
  [
    /autolaunch D-Bus|X11 \$DISPLAY|DBUS_SESSION_BUS_ADDRESS|Could not connect|Connection refused|logon session does not exist/i,
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
    /does not exist at path|\/org\/freedesktop\/secrets\//i,
    'keychain-no-collection',
    'The keychain has no place for passwords yet.',
    'Open its password manager once and make a keyring named Login, or choose an encrypted file as the keychain.',
  ],
];

interface Options {
  readonly answerWithinMs?: number;
}

/**
 * The keychain of the operating system, through keytar, which is loaded when it is first needed.
 *
 * It is asked one thing at a time. A call that waits for the person (a prompt) or for a keychain that hangs holds one of
 * the four threads with which Node also reads and writes files: four such calls, and the whole app stands still.
 */
export class OsKeychain implements Keychain {
  readonly kind = 'os';
  readonly #answerWithinMs: number;
  #keytar: Promise<Keytar> | null = null;
  /** Settles when keytar has come back from the call before, however late. */
  #before: Promise<unknown> = Promise.resolve();

  constructor({ answerWithinMs = ANSWER_WITHIN_MS }: Options = {}) {
    this.#answerWithinMs = answerWithinMs;
  }

  async get(account: string): Promise<Secret | null> {
    const value = await this.#ask((keytar) => keytar.getPassword(SERVICE, account));
    return value === null ? null : new Secret(value);
  }

  async set(account: string, value: Secret): Promise<void> {
    checkValue(value);
    const kept = await this.#ask(async (keytar) => {
      await keytar.setPassword(SERVICE, account, value.reveal());
      return keytar.getPassword(SERVICE, account);
    });
    checkReadBack(value, kept === null ? null : new Secret(kept));
  }

  async delete(account: string): Promise<void> {
    await this.#ask((keytar) => keytar.deletePassword(SERVICE, account));
  }

  probe(): Promise<void> {
    return probeWithSentinel(this);
  }

  async #ask<T>(work: (keytar: Keytar) => Promise<T>): Promise<T> {
    const turn = { begun: false, givenUp: false };
    const answer = this.#before.then(async () => {
      if (turn.givenUp) throw new Error('nobody waits for this any more');
      turn.begun = true;
      return work(await this.#load());
    });
    this.#before = answer.catch(() => {});
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        turn.givenUp = true;
        reject(noAnswer(turn.begun));
      }, this.#answerWithinMs);
    });
    try {
      return await Promise.race([answer, late]);
    } catch (cause) {
      throw cause instanceof KeychainError ? cause : keychainError(cause);
    } finally {
      clearTimeout(timer);
    }
  }

  #load(): Promise<Keytar> {
    this.#keytar ??= import('keytar').then((module) => module.default ?? module);
    return this.#keytar;
  }
}

function noAnswer(begun: boolean): KeychainError {
  return new KeychainError(
    'keychain-failed',
    begun
      ? 'The keychain did not answer in time; what was written may still arrive.'
      : 'The keychain has not answered an earlier question yet, so it was not asked this one. Nothing was stored.',
    'See whether it asks for something (a password, a permission), then try again; or choose an encrypted file as the keychain.',
  );
}

/** keytar's messages never hold a value, but they are for developers: the cause keeps them. */
function keychainError(cause: unknown): KeychainError {
  const words = cause instanceof Error ? cause.message : '';
  for (const [pattern, code, message, wayOut] of WORDINGS) {
    if (pattern.test(words)) return new KeychainError(code, `${message} Nothing was stored.`, wayOut, { cause });
  }
  return new KeychainError(
    'keychain-failed',
    'The keychain of this machine can’t be used.',
    'See whether it asks for something (a password, a permission), then try again; or choose an encrypted file as the keychain.',
    { cause },
  );
}
