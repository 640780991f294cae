import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { systemCode } from '../errors.ts';
import { StorageError } from './errors.ts';
import { unwritable, withOwnFileLock } from './own-file-lock.ts';
import { type SetAside, setAside } from './set-aside.ts';
import { writeDurably } from './write-durably.ts';

type Found<T> = { readonly usable: true; readonly value: T } | { readonly usable: false };

/**
 * A file of ours with one JSON document, checked on reading, replaced in one durable rename.
 *
 * Changes are made under a lock over all processes, to what the file holds then. A file that can't be understood is
 * moved aside and reported, never written over.
 */
export class JsonFile<T> {
  readonly #path: string;
  readonly #schema: z.ZodType<T>;
  readonly #initial: T;
  readonly #onSetAside: (notice: SetAside) => void;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(path: string, schema: z.ZodType<T>, initial: T, onSetAside: (notice: SetAside) => void) {
    this.#path = path;
    this.#schema = schema;
    this.#initial = initial;
    this.#onSetAside = onSetAside;
  }

  /**
   * What the file holds, or the initial value where there is none (it is not written by reading).
   * @throws {StorageError}
   */
  async read(): Promise<T> {
    const found = await this.#find();
    return found.usable ? found.value : this.#alone(() => this.#readOrSetAside());
  }

  /** @throws {StorageError} with the file as it was. */
  write(value: T): Promise<T> {
    return this.update(() => value);
  }

  /**
   * Reads, changes and writes with nobody in between. Changes of one process keep their order.
   * @throws {StorageError}, and whatever `change` throws: the file is as it was then.
   */
  update(change: (value: T) => T): Promise<T> {
    return this.#alone(async () => {
      const value = this.#schema.parse(change(await this.#readOrSetAside()));
      await writeDurably(this.#path, `${JSON.stringify(value, null, 2)}\n`).catch((cause: unknown) => {
        throw unwritable(this.#path, cause);
      });
      return value;
    });
  }

  #alone<R>(work: () => Promise<R>): Promise<R> {
    const next = this.#queue.then(() => withOwnFileLock(this.#path, work));
    this.#queue = next.catch(() => {});
    return next;
  }

  /** Only under the lock: what was found broken before may have been set aside and written anew by another process. */
  async #readOrSetAside(): Promise<T> {
    const found = await this.#find();
    if (found.usable) return found.value;
    this.#onSetAside(await setAside(this.#path));
    return this.#initial;
  }

  async #find(): Promise<Found<T>> {
    const text = await this.#text();
    if (text === null) return { usable: true, value: this.#initial };
    try {
      return { usable: true, value: this.#schema.parse(JSON.parse(text)) };
    } catch {
      return { usable: false };
    }
  }

  async #text(): Promise<string | null> {
    try {
      return await readFile(this.#path, 'utf8');
    } catch (cause) {
      const code = systemCode(cause);
      if (code === 'ENOENT') return null;
      throw new StorageError(
        'storage-unreadable',
        `Rekey can’t read its file ${this.#path} (${code}). Nothing was changed.`,
        'Mend the rights on the file, then try again.',
        { cause },
      );
    }
  }
}
