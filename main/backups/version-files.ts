import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../errors.ts';
import { StorageError } from '../storage/errors.ts';
import { withOwnFileLock } from '../storage/own-file-lock.ts';
import { createDurably } from '../storage/write-durably.ts';

/** Enough for any header: the longest paths have 4,096 bytes. */
const HEADER_BYTES = 64 * 1024;
const SHELF = /^[0-9a-f]{64}$/;
const VERSION = /^(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d)-(\d{3}Z)\.sealed$/;

/** The folder in which the versions of one file lie, named by a hash of its path: no two paths share one, and no name is odd. */
export type Shelf = string;

export function shelfOf(path: string): Shelf {
  return createHash('sha256').update(path).digest('hex');
}

/** Where versions lie on disk: `<folder>/<shelf>/<time>.sealed`, 0600 in 0700. What is in them is none of its business. */
export class VersionFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The folder for all of it; made late, so that what is wrong with it keeps nothing else from working. */
  async makeFolder(): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
  }

  async shelves(): Promise<Shelf[]> {
    return (await names(this.#folder)).filter((name) => SHELF.test(name));
  }

  /** Times of the versions on a shelf, newest first. */
  async times(shelf: Shelf): Promise<string[]> {
    const found = (await names(join(this.#folder, shelf))).map((name) => VERSION.exec(name));
    const times = found.flatMap((match) => (match ? [`${match[1]}:${match[2]}:${match[3]}.${match[4]}`] : []));
    return times.sort().reverse();
  }

  /** Where a version lies, for a person to be told. */
  pathOf(shelf: Shelf, at: string): string {
    return join(this.#folder, shelf, `${at.replaceAll(/[:.]/g, '-')}.sealed`);
  }

  read(shelf: Shelf, at: string): Promise<Buffer> {
    return readFile(this.pathOf(shelf, at));
  }

  /** The beginning of a version, with its whole header. */
  async readHead(shelf: Shelf, at: string): Promise<Buffer> {
    const file = await open(this.pathOf(shelf, at), 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(HEADER_BYTES), 0, HEADER_BYTES, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }

  /** Only under {@link alone}. Returns when it is on disk; a version that doesn't fit leaves nothing behind. */
  async write(shelf: Shelf, at: string, bytes: Buffer): Promise<void> {
    await mkdir(join(this.#folder, shelf), { recursive: true, mode: 0o700 });
    await createDurably(this.pathOf(shelf, at), bytes);
  }

  /** Only under {@link alone}. A shelf that is empty then goes too. */
  async remove(shelf: Shelf, times: readonly string[]): Promise<void> {
    for (const at of times) await rm(this.pathOf(shelf, at), { force: true });
    await this.#sweep(shelf);
  }

  /** Nobody else, in any process, writes or removes on this shelf meanwhile. @throws {StorageError} */
  alone<T>(shelf: Shelf, work: () => Promise<T>): Promise<T> {
    return withOwnFileLock(join(this.#folder, shelf), work);
  }

  /** What a process that died left half written, and the shelf where nothing is left on it. */
  async #sweep(shelf: Shelf): Promise<void> {
    const folder = join(this.#folder, shelf);
    for (const name of await names(folder)) if (name.endsWith('.tmp')) await rm(join(folder, name), { force: true });
    await rmdir(folder).catch((error: unknown) => {
      if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(systemCode(error) ?? '')) throw error;
    });
  }
}

async function names(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: unknown) => {
    const code = systemCode(error);
    // A file of that name is no folder with versions; what is to be kept is told so when it is.
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw new StorageError(
      'storage-unreadable',
      `Rekey can’t look into its folder ${folder} (${code}). Nothing was changed.`,
      'Mend the rights on the folder, then try again.',
      { cause: error },
    );
  });
}
