import { randomBytes, scrypt } from 'node:crypto';
import { access, readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { systemCode } from '../errors.ts';
import { StorageError } from '../storage/errors.ts';
import { withOwnFileLock } from '../storage/own-file-lock.ts';
import { writeDurably } from '../storage/write-durably.ts';
import { type Keychain, KeychainError } from './keychain.ts';
import { probeWithSentinel } from './probe.ts';
import { seal, unseal } from './sealed.ts';
import { Secret } from './secret.ts';
import { checkReadBack, checkValue } from './value-check.ts';

/** OWASP's first choice for scrypt: 128 MiB, some 0.4 s on a laptop. */
const SCRYPT = { N: 2 ** 17, r: 8, p: 1 };
const SCRYPT_MEMORY = 256 * 1024 * 1024;

/** Opens only with the right passphrase, and so tells a wrong one from a damaged entry. */
const CHECK_CONTEXT = 'rekey keychain';

const FileSchema = z.object({
  version: z.literal(1),
  scrypt: z.object({
    N: z
      .number()
      .int()
      .max(2 ** 20),
    r: z.number().int().max(32),
    p: z.number().int().max(16),
    salt: z.base64(),
  }),
  check: z.base64(),
  /** Account to sealed value; the account's name is bound to it. */
  entries: z.record(z.string(), z.base64()),
});
type FileContent = z.infer<typeof FileSchema>;

/**
 * An encrypted file under a passphrase, for machines without a keychain. The passphrase is never stored; the key made
 * from it is in memory from {@link FileKeychain.unlock} to the end of the process.
 */
export class FileKeychain implements Keychain {
  readonly kind = 'file';
  readonly #path: string;
  #key: Secret | null = null;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(path: string) {
    this.#path = path;
  }

  get unlocked(): boolean {
    return this.#key !== null;
  }

  async exists(): Promise<boolean> {
    return access(this.#path).then(
      () => true,
      () => false,
    );
  }

  /**
   * Makes the file, empty, under this passphrase. One that exists already is unlocked with it, and not touched; but one
   * that holds nothing, left by a choice that wasn't carried through, must not keep the person from another passphrase.
   */
  async create(passphrase: Secret): Promise<void> {
    const left = (await this.exists()) ? await this.#unlockOrFindEmpty(passphrase) : null;
    if (left === 'unlocked') return;
    const parameters = { ...SCRYPT, salt: randomBytes(16).toString('base64') };
    const key = await deriveKey(passphrase, parameters);
    const made = await this.#alone(async () => {
      if ((await this.exists()) && !(await this.#isStill(left))) return false;
      await this.#write({
        version: 1,
        scrypt: parameters,
        check: seal(key, Buffer.alloc(0), CHECK_CONTEXT).toString('base64'),
        entries: {},
      });
      return true;
    });
    if (!made) return this.unlock(passphrase);
    this.#key = key;
  }

  /** @throws {KeychainError} `keychain-wrong-passphrase`, `keychain-damaged`. */
  async unlock(passphrase: Secret): Promise<void> {
    const content = await this.#read();
    const key = await deriveKey(passphrase, content.scrypt).catch(() => {
      throw damaged(this.#path, 'its parameters are not what Rekey wrote');
    });
    if (!opens(content, key)) {
      throw new KeychainError(
        'keychain-wrong-passphrase',
        'The passphrase is not the right one. Nothing was changed.',
        'Try again; mind capitals and the keyboard’s layout.',
      );
    }
    this.#key = key;
  }

  async get(account: string): Promise<Secret | null> {
    const key = this.#unlockedKey();
    const { entries } = await this.#read();
    const sealed = Object.hasOwn(entries, account) ? entries[account] : undefined;
    if (sealed === undefined) return null;
    try {
      return new Secret(unseal(key, Buffer.from(sealed, 'base64'), account).toString('utf8'));
    } catch {
      throw damaged(this.#path, 'one of its entries does not open');
    }
  }

  async set(account: string, value: Secret): Promise<void> {
    checkValue(value);
    await this.#change((entries, key) => ({
      ...entries,
      [account]: seal(key, Buffer.from(value.reveal(), 'utf8'), account).toString('base64'),
    }));
    checkReadBack(value, await this.get(account));
  }

  async delete(account: string): Promise<void> {
    await this.#change(({ [account]: _, ...others }) => others);
  }

  probe(): Promise<void> {
    return probeWithSentinel(this);
  }

  /** @returns the empty file's content where the passphrase is not its own. */
  async #unlockOrFindEmpty(passphrase: Secret): Promise<'unlocked' | FileContent> {
    try {
      await this.unlock(passphrase);
      return 'unlocked';
    } catch (error) {
      const content = await this.#read();
      if (Object.keys(content.entries).length > 0) throw error;
      return content;
    }
  }

  async #isStill(content: FileContent | null): Promise<boolean> {
    return content !== null && isDeepStrictEqual(await this.#read(), content);
  }

  #unlockedKey(): Secret {
    if (this.#key) return this.#key;
    throw new KeychainError(
      'keychain-locked',
      'The keychain is locked. Nothing was changed.',
      'Enter its passphrase in Rekey, then try again.',
    );
  }

  async #change(change: (entries: FileContent['entries'], key: Secret) => FileContent['entries']): Promise<void> {
    const key = this.#unlockedKey();
    await this.#alone(async () => {
      const content = await this.#read();
      if (!opens(content, key)) {
        // Put back from a backup, say: what is sealed with our key would never open again.
        this.#key = null;
        throw new KeychainError(
          'keychain-locked',
          `The encrypted keychain ${this.#path} was replaced by another one. Nothing was changed.`,
          'Enter its passphrase in Rekey, then try again.',
        );
      }
      await this.#write({ ...content, entries: change(content.entries, key) });
    });
  }

  /** Under a lock over all processes; changes of this one keep their order. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#queue
      .then(() => withOwnFileLock(this.#path, work))
      .catch((cause: unknown) => {
        if (!(cause instanceof StorageError)) throw cause;
        throw new KeychainError('keychain-failed', cause.message, cause.wayOut, { cause });
      });
    this.#queue = next.catch(() => {});
    return next;
  }

  async #read(): Promise<FileContent> {
    const text = await readFile(this.#path, 'utf8').catch((cause: unknown) => {
      const code = systemCode(cause);
      throw new KeychainError(
        'keychain-failed',
        `The encrypted keychain ${this.#path} can’t be read (${code}). Nothing was changed.`,
        'Put the file back, or mend its rights.',
        { cause },
      );
    });
    try {
      return FileSchema.parse(JSON.parse(text));
    } catch {
      throw damaged(this.#path, 'it is not what Rekey wrote');
    }
  }

  async #write(content: FileContent): Promise<void> {
    try {
      await writeDurably(this.#path, `${JSON.stringify(content, null, 2)}\n`);
    } catch (cause) {
      throw new KeychainError(
        'keychain-failed',
        `The encrypted keychain ${this.#path} can’t be written (${systemCode(cause)}). Nothing in it was changed.`,
        'Free some space, or mend the rights on its folder.',
        { cause },
      );
    }
  }
}

function damaged(path: string, how: string): KeychainError {
  return new KeychainError(
    'keychain-damaged',
    `The encrypted keychain ${path} is damaged: ${how}. It was left as it is.`,
    'Put back a copy of the file from a backup.',
  );
}

function opens({ check }: FileContent, key: Secret): boolean {
  try {
    unseal(key, Buffer.from(check, 'base64'), CHECK_CONTEXT);
    return true;
  } catch {
    return false;
  }
}

/** NFKC, so that the same passphrase typed on another system is the same. */
function deriveKey(passphrase: Secret, { N, r, p, salt }: FileContent['scrypt']): Promise<Secret> {
  return new Promise((resolve, reject) => {
    scrypt(
      passphrase.reveal().normalize('NFKC'),
      Buffer.from(salt, 'base64'),
      32,
      { N, r, p, maxmem: SCRYPT_MEMORY },
      (error, key) => {
        if (error) reject(error);
        else resolve(new Secret(key.toString('base64')));
      },
    );
  });
}
