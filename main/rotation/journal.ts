import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { systemCode } from '../errors.ts';
import { type SetAside, setAside } from '../storage/set-aside.ts';
import { writeDurably } from '../storage/write-durably.ts';
import { RotationError } from './errors.ts';
import { type Rotation, RotationSchema } from './rotation.schema.ts';

/** One file per rotation, `<id>.json`, without secrets: written and fsynced before each effect that can't be done again. */
export class Journal {
  readonly #folder: string;
  readonly #onSetAside: (notice: SetAside) => void;

  constructor(folder: string, onSetAside: (notice: SetAside) => void) {
    this.#folder = folder;
    this.#onSetAside = onSetAside;
  }

  /** @throws {RotationError} `journal-failed`, with the earlier record untouched. */
  async write(rotation: Rotation): Promise<void> {
    try {
      await writeDurably(this.#path(rotation.id), `${JSON.stringify(rotation, null, 2)}\n`);
    } catch (cause) {
      throw new RotationError(
        'journal-failed',
        `The journal of the rotation could not be written (${systemCode(cause) ?? 'unknown reason'}).`,
        'Free some space or mend the rights on the data folder, then rotate again.',
        { cause },
      );
    }
  }

  /** One rotation, or null when there is none of this id (which may be anything that somebody typed). */
  async get(id: string): Promise<Rotation | null> {
    if (!z.uuid().safeParse(id).success) return null;
    return this.#read(this.#path(id));
  }

  /** All rotations, newest first. A record that can't be read is moved aside and reported. */
  async list(): Promise<Rotation[]> {
    const names = await this.#names();
    const records = await Promise.all(names.map((name) => this.#read(join(this.#folder, name))));
    return records.filter((record) => record !== null).sort((a, b) => b.startedAt.localeCompare(a.startedAt));
  }

  /** How many there are. None is read. */
  async count(): Promise<number> {
    return (await this.#names()).length;
  }

  /** Forgets an ended rotation. */
  async remove(id: string): Promise<void> {
    await rm(this.#path(id), { force: true });
  }

  async #names(): Promise<string[]> {
    const names = await readdir(this.#folder).catch((error: unknown) => {
      if (systemCode(error) === 'ENOENT') return [];
      throw error;
    });
    return names.filter((name) => name.endsWith('.json'));
  }

  #path(id: string): string {
    return join(this.#folder, `${id}.json`);
  }

  async #read(path: string): Promise<Rotation | null> {
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      // Forgotten since it was listed.
      if (systemCode(error) === 'ENOENT') return null;
      throw error;
    });
    if (text === null) return null;
    try {
      return RotationSchema.parse(JSON.parse(text));
    } catch {
      // Another reader may have moved it just before.
      const notice = await setAside(path).catch(() => null);
      if (notice) this.#onSetAside(notice);
      return null;
    }
  }
}
