import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CrashFile, CrashFileSchema, type CrashNote } from './crash-note.schema.ts';

/** More say no more. */
const MOST_NOTES = 5;

/**
 * The notes of crashes, in Rekey's data folder until the person has seen them. They leave it by the person's hand only.
 *
 * All of it at once, without a turn of the event loop: there may be none any more. What can't be written or read is given
 * up, since a second fault must not hide the first.
 */
export class CrashNotes {
  readonly #path: string;
  /** Those of earlier runs, which are to be shown. */
  readonly #earlier: readonly CrashNote[];
  #dismissed = false;

  constructor(dataFolder: string) {
    this.#path = join(dataFolder, 'crashes.json');
    this.#earlier = this.#read();
  }

  /** The last one of an earlier run, until it is dismissed. */
  get latest(): CrashNote | null {
    return this.#dismissed ? null : (this.#earlier.at(-1) ?? null);
  }

  add(note: CrashNote): void {
    this.#write([...this.#read(), note].slice(-MOST_NOTES));
  }

  /** Those of this run stay: they are shown at the next start. */
  dismiss(): void {
    this.#dismissed = true;
    const known = new Set(this.#earlier.map(({ at }) => at));
    this.#write(this.#read().filter(({ at }) => !known.has(at)));
  }

  #read(): readonly CrashNote[] {
    try {
      return CrashFileSchema.parse(JSON.parse(readFileSync(this.#path, 'utf8'))).notes;
    } catch {
      return [];
    }
  }

  #write(notes: readonly CrashNote[]): void {
    const temporary = `${this.#path}.${process.pid}.tmp`;
    const file: CrashFile = { version: 1, notes: [...notes] };
    try {
      if (notes.length === 0) rmSync(this.#path, { force: true });
      else {
        writeFileSync(temporary, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 });
        sync(temporary);
        renameSync(temporary, this.#path);
      }
    } catch {
      rmSync(temporary, { force: true });
    }
  }
}

function sync(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
