import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { systemCode } from '../errors.ts';
import { acquireDirectoryLock } from './directory-lock.ts';
import { StorageError } from './errors.ts';
import { type SetAside, setAside } from './set-aside.ts';
import { writeDurably } from './write-durably.ts';

const LOCK = { waitMs: 5_000, staleMs: 10_000 };

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

  /** What the file holds, or the initial value where there is none (it is not written by reading). */
  async read(): Promise<T> {
    const text = await this.#text();
    if (text === null) return this.#initial;
    try {
      return this.#schema.parse(JSON.parse(text));
    } catch {
      this.#onSetAside(await setAside(this.#path));
      return this.#initial;
    }
  }

  write(value: T): Promise<T> {
    return this.update(() => value);
  }

  /** Reads, changes and writes with nobody in between. Changes of one process keep their order. */
  update(change: (value: T) => T): Promise<T> {
    const next = this.#queue.then(async () => {
      const release = await acquireDirectoryLock(`${this.#path}.lock`, LOCK);
      try {
        const value = this.#schema.parse(change(await this.read()));
        await writeDurably(this.#path, `${JSON.stringify(value, null, 2)}\n`);
        return value;
      } finally {
        await release();
      }
    });
    this.#queue = next.catch(() => {});
    return next;
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
