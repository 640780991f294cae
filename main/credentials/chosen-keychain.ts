import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { KeychainState, ParsedInput } from '../../preload/contract.ts';
import { errorView, systemCode } from '../errors.ts';
import { writeDurably } from '../storage/write-durably.ts';
import { FileKeychain } from './file-keychain.ts';
import { type Keychain, KeychainError, type KeychainErrorCode } from './keychain.ts';
import { OsKeychain } from './os-keychain.ts';
import { Secret } from './secret.ts';

const ChoiceSchema = z.object({ version: z.literal(1), kind: z.enum(['os', 'file']) });

/** There is no OS keychain at all, as opposed to one that is locked. */
const ABSENT: ReadonlySet<KeychainErrorCode> = new Set([
  'keychain-no-session',
  'keychain-no-service',
  'keychain-no-collection',
  'keychain-failed',
]);

/** The person can unlock it: in `REKEY_PASSPHRASE_FILE` may stand a wrong passphrase. */
const LOCKED: ReadonlySet<KeychainErrorCode> = new Set(['keychain-locked', 'keychain-wrong-passphrase']);

/** How long "it works" is believed before it is tried again, in milliseconds. */
const READY_FOR_MS = 10_000;
/**
 * How long "it is locked" is believed. Trying the OS keychain makes it ask for its password, and pages ask for the state
 * all the time; {@link ChosenKeychain.unlock} tries at once.
 */
const LOCKED_FOR_MS = 60_000;
/** Nobody wants to use the keychain now; only its state is asked for. */
const UNASKED = true;

interface Options {
  readonly dataFolder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** In the place of the machine's own, for tests. */
  readonly os?: Keychain;
}

/**
 * The keychain that the person uses: the operating system's where there is one, else what they chose. Where there is
 * none, nothing is chosen in silence: every use throws until they have.
 */
export class ChosenKeychain implements Keychain {
  readonly #os: Keychain;
  readonly #file: FileKeychain;
  readonly #choicePath: string;
  readonly #passphraseFile: string | undefined;
  #lastChoice: 'os' | 'file' | null = null;
  #readyUntil = 0;
  #lockedOs: { readonly until: number; readonly error: KeychainError } | null = null;
  #tryingOs: Promise<void> | null = null;
  #unlocking: Promise<void> | null = null;

  constructor({ dataFolder, env, os = new OsKeychain() }: Options) {
    this.#os = os;
    this.#file = new FileKeychain(join(dataFolder, 'keychain.json'));
    this.#choicePath = join(dataFolder, 'keychain-choice.json');
    this.#passphraseFile = env.REKEY_PASSPHRASE_FILE;
  }

  get kind(): Keychain['kind'] {
    return this.#lastChoice ?? 'os';
  }

  async get(account: string): Promise<Secret | null> {
    const value = await (await this.#current()).get(account);
    if (value) this.#lockedOs = null;
    return value;
  }

  async set(account: string, value: Secret): Promise<void> {
    const keychain = await this.#current();
    // From the first key on, an OS keychain that is gone is a fault, and no reason to offer another place.
    if (this.#lastChoice === null) await this.#keep('os');
    await keychain.set(account, value);
    this.#lockedOs = null;
  }

  async delete(account: string): Promise<void> {
    await (await this.#current()).delete(account);
  }

  async probe(): Promise<void> {
    await (await this.#current()).probe();
  }

  async state(): Promise<KeychainState> {
    try {
      const keychain = await this.#current(UNASKED);
      if (Date.now() >= this.#readyUntil) {
        await (keychain === this.#os ? this.#tryOs(UNASKED) : keychain.probe());
        this.#readyUntil = Date.now() + READY_FOR_MS;
      }
      return { kind: this.kind, status: 'ready', problem: null };
    } catch (error) {
      const code = error instanceof KeychainError ? error.code : null;
      if (code === 'keychain-not-chosen') return { kind: null, status: 'absent', problem: errorView(error) };
      return { kind: this.kind, status: code && LOCKED.has(code) ? 'locked' : 'failed', problem: errorView(error) };
    }
  }

  /**
   * Takes another keychain into use. What stands under `accounts` is carried over and read back first; the old
   * keychain keeps its copies.
   * @param ifThere carried over too where the keychain in use gives it, which is no condition.
   * @throws {KeychainError} with the choice as it was, when either of the two can't be used now.
   */
  async choose(
    choice: ParsedInput<'chooseKeychain'>,
    accounts: readonly string[],
    ifThere: readonly string[] = [],
  ): Promise<KeychainState> {
    const next = choice.kind === 'os' ? this.#os : this.#file;
    if (choice.kind === 'file') await this.#file.create(new Secret(choice.passphrase));
    await next.probe();
    if (accounts.length > 0) await carryOver(await this.#current(), next, accounts);
    const given = await this.#current(UNASKED).catch(() => null);
    if (given) await carryOver(given, next, await givenOf(given, ifThere));
    await this.#keep(choice.kind);
    this.#forgetState();
    return this.state();
  }

  /** With a passphrase where the keychain is a file; the OS unlocks its own. @throws {KeychainError} */
  async unlock(passphrase: string | undefined): Promise<KeychainState> {
    if ((await this.#choice()) === 'file' && passphrase !== undefined) await this.#file.unlock(new Secret(passphrase));
    this.#forgetState();
    return this.state();
  }

  #forgetState(): void {
    this.#readyUntil = 0;
    this.#lockedOs = null;
  }

  async #current(unasked = false): Promise<Keychain> {
    const choice = await this.#choice();
    if (choice === 'file') {
      await this.#unlockFromFile();
      return this.#file;
    }
    if (choice === null) await this.#checkOs(unasked);
    return this.#os;
  }

  /** Nobody has chosen: the OS keychain if there is one. Locked counts as there. */
  async #checkOs(unasked: boolean): Promise<void> {
    if (Date.now() < this.#readyUntil) return;
    try {
      await this.#tryOs(unasked);
      this.#readyUntil = Date.now() + READY_FOR_MS;
    } catch (error) {
      if (!(error instanceof KeychainError) || !ABSENT.has(error.code)) throw error;
      throw new KeychainError(
        'keychain-not-chosen',
        `${error.message} Nothing will be until you have chosen where Rekey keeps its keys.`,
        'Choose an encrypted file under a passphrase, in the page or with `rekey keychain file`; or set up a keychain on this machine.',
        { cause: error },
      );
    }
  }

  /** Once for all who ask meanwhile: each try may put a prompt before the person. */
  async #tryOs(unasked: boolean): Promise<void> {
    if (unasked && this.#lockedOs && Date.now() < this.#lockedOs.until) throw this.#lockedOs.error;
    this.#tryingOs ??= this.#os
      .probe()
      .then(
        () => {
          this.#lockedOs = null;
        },
        (error: unknown) => {
          if (error instanceof KeychainError && LOCKED.has(error.code))
            this.#lockedOs = { until: Date.now() + LOCKED_FOR_MS, error };
          throw error;
        },
      )
      .finally(() => {
        this.#tryingOs = null;
      });
    await this.#tryingOs;
  }

  /** Once for all who ask meanwhile: it takes half a second and 128 MiB. */
  async #unlockFromFile(): Promise<void> {
    if (this.#file.unlocked || !this.#passphraseFile) return;
    this.#unlocking ??= this.#readPassphrase(this.#passphraseFile)
      .then((passphrase) => this.#file.unlock(passphrase))
      .finally(() => {
        this.#unlocking = null;
      });
    await this.#unlocking;
  }

  async #readPassphrase(path: string): Promise<Secret> {
    const text = await readFile(path, 'utf8').catch((cause: unknown) => {
      throw new KeychainError(
        'keychain-locked',
        `The keychain is locked: the file named by REKEY_PASSPHRASE_FILE can’t be read (${systemCode(cause)}).`,
        'Mend the file’s path or rights, or enter the passphrase in Rekey.',
        { cause },
      );
    });
    return new Secret(text.replace(/\r?\n$/, ''));
  }

  async #keep(kind: 'os' | 'file'): Promise<void> {
    await writeDurably(this.#choicePath, `${JSON.stringify({ version: 1, kind })}\n`).catch((cause: unknown) => {
      throw new KeychainError(
        'keychain-failed',
        `Which keychain is used can’t be noted in ${this.#choicePath} (${systemCode(cause)}). The choice is as it was.`,
        'Free some space, or mend the rights on its folder, then try again.',
        { cause },
      );
    });
    this.#lastChoice = kind;
  }

  async #choice(): Promise<'os' | 'file' | null> {
    this.#lastChoice = await this.#readChoice();
    return this.#lastChoice;
  }

  async #readChoice(): Promise<'os' | 'file' | null> {
    let text: string;
    try {
      text = await readFile(this.#choicePath, 'utf8');
    } catch (cause) {
      if (systemCode(cause) === 'ENOENT') return null;
      throw new KeychainError(
        'keychain-failed',
        `Rekey can’t read in ${this.#choicePath} which keychain is used (${systemCode(cause)}). Nothing was changed.`,
        'Mend the rights on the file, then try again.',
        { cause },
      );
    }
    try {
      return ChoiceSchema.parse(JSON.parse(text)).kind;
    } catch {
      // A choice that can't be read must not lead to another keychain in silence.
      return (await this.#file.exists()) ? 'file' : null;
    }
  }
}

/** Those of the accounts under which it gives something now. */
async function givenOf(keychain: Keychain, accounts: readonly string[]): Promise<string[]> {
  const values = await Promise.all(accounts.map((account) => keychain.get(account).catch(() => null)));
  return accounts.filter((_, index) => values[index] !== null);
}

async function carryOver(from: Keychain, to: Keychain, accounts: readonly string[]): Promise<void> {
  if (from === to) return;
  for (const account of accounts) {
    const value = await from.get(account);
    if (value) await to.set(account, value);
    else if (account.endsWith(':current')) {
      throw new KeychainError(
        'keychain-locked',
        'The keychain in use does not give the keys that are in it: it is locked or unavailable. Nothing was changed.',
        'Unlock it first, so that the keys can be carried over.',
      );
    }
  }
}
