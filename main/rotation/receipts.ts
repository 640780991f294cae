import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { accounts } from '../credentials/accounts.ts';
import type { Keychain } from '../credentials/keychain.ts';
import { KeychainError } from '../credentials/keychain.ts';
import { newSealKey, seal, unseal } from '../credentials/sealed.ts';
import { systemCode } from '../errors.ts';
import type { HttpAnswer } from '../providers/http.ts';

/** Largest answer that is kept, in bytes. */
export const MAX_ANSWER_BYTES = 1_000_000;

const MAGIC = Buffer.from('REKEYR1\n');
/** Base64 and the seal make an answer larger by less than a half. */
const RESERVED_BYTES = MAX_ANSWER_BYTES * 1.5;

const StoredAnswer = z.object({
  status: z.number().int(),
  headers: z.record(z.string(), z.string()),
  body: z.base64(),
  complete: z.boolean(),
});

/**
 * The service's raw answers, sealed on disk before anyone reads them: from that moment the new key survives a crash, a
 * locked keychain and a bug of a parser.
 *
 * The seal's key comes into the keychain before the request; the space on disk is taken before it too, so that a disk
 * that fills up meanwhile can't refuse the answer.
 */
export class Receipts {
  readonly #folder: string;
  readonly #keychain: Keychain;
  /** Seal keys of this process's own rotations: writing a receipt must not need the keychain. */
  readonly #sealKeys = new Map<string, ReturnType<typeof newSealKey>>();

  constructor(folder: string, keychain: Keychain) {
    this.#folder = folder;
    this.#keychain = keychain;
  }

  /** Puts a fresh seal key into the keychain and takes the space. @throws {KeychainError} and system errors. */
  async prepare(rotationId: string): Promise<void> {
    const key = newSealKey();
    await this.#keychain.set(accounts.seal(rotationId), key);
    this.#sealKeys.set(rotationId, key);
    const file = await open(this.#path(rotationId), 'w', 0o600);
    try {
      // Not `write`, which may write a part only, without an error, when the disk fills up.
      await file.writeFile(Buffer.alloc(RESERVED_BYTES));
      await file.sync();
    } finally {
      await file.close();
    }
  }

  /** Seals the answer into the prepared space and waits until it is on disk. */
  async write(rotationId: string, answer: HttpAnswer): Promise<void> {
    const key = this.#sealKeys.get(rotationId);
    if (!key) throw new Error('a receipt is written without its preparation');
    const stored: z.input<typeof StoredAnswer> = {
      ...answer,
      headers: { ...answer.headers },
      body: answer.body.toString('base64'),
    };
    const sealed = seal(key, Buffer.from(JSON.stringify(stored)));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(sealed.length);
    const file = await open(this.#path(rotationId), 'r+');
    try {
      await file.writeFile(Buffer.concat([MAGIC, length, sealed]));
      await file.sync();
    } finally {
      await file.close();
    }
  }

  /**
   * The sealed answer, or null when there is none that is whole.
   * @throws {KeychainError} `keychain-locked` when the seal's key can't be had now.
   */
  async read(rotationId: string): Promise<HttpAnswer | null> {
    const sealed = await this.#sealed(rotationId);
    if (!sealed) return null;
    const key = this.#sealKeys.get(rotationId) ?? (await this.#keychain.get(accounts.seal(rotationId)));
    if (!key) {
      throw new KeychainError(
        'keychain-locked',
        'The service’s answer lies sealed on disk, and the keychain does not give the key to it: it is locked or unavailable. Nothing is lost.',
        'Unlock the keychain and go on with the rotation.',
      );
    }
    try {
      const stored = StoredAnswer.parse(JSON.parse(unseal(key, sealed).toString('utf8')));
      return { ...stored, body: Buffer.from(stored.body, 'base64') };
    } catch {
      // Torn by a crash while it was written: as good as none, and the service is asked instead.
      return null;
    }
  }

  /** Whether there is a sealed answer that is whole. */
  async has(rotationId: string): Promise<boolean> {
    return (await this.#sealed(rotationId)) !== null;
  }

  /** The answer isn't needed any more. Missing parts are fine; a keychain that can't delete keeps a key to nothing. */
  async discard(rotationId: string): Promise<void> {
    await rm(this.#path(rotationId), { force: true });
    this.#sealKeys.delete(rotationId);
    await this.#keychain.delete(accounts.seal(rotationId));
  }

  async #sealed(rotationId: string): Promise<Buffer | null> {
    try {
      const file = await open(this.#path(rotationId), 'r');
      try {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(RESERVED_BYTES + MAGIC.length + 4), 0);
        if (bytesRead < MAGIC.length + 4 || !buffer.subarray(0, MAGIC.length).equals(MAGIC)) return null;
        const length = buffer.readUInt32BE(MAGIC.length);
        const start = MAGIC.length + 4;
        return start + length <= bytesRead ? buffer.subarray(start, start + length) : null;
      } finally {
        await file.close();
      }
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return null;
      throw error;
    }
  }

  #path(rotationId: string): string {
    return join(this.#folder, `${rotationId}.sealed`);
  }
}
