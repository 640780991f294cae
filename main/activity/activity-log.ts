import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemCode } from '../errors.ts';
import { type Activity, type ActivityEntry, ActivitySchema } from './activity.schema.ts';

const BLOCK = 64 * 1024;

/** Which entries are wanted; all of them where nothing is said. */
export interface Wanted {
  /** At most so many, the newest ones. */
  readonly limit?: number | undefined;
  /** Noted before the entry at this {@link ActivityEntry.position}. */
  readonly before?: number | undefined;
  /** Name of a credential. */
  readonly credential?: string | undefined;
  /** Id of a rotation. */
  readonly rotation?: string | undefined;
}

/**
 * What happened, one JSON line per entry, only ever appended to. An entry is on disk before it counts as noted; a line
 * that a crash tore is passed over, and the next entry begins on a line of its own.
 */
export class ActivityLog {
  readonly #path: string;
  readonly #now: () => Date;
  readonly #onAdd: () => void;
  #queue: Promise<unknown> = Promise.resolve();

  /** @param onAdd called when an entry is on disk. */
  constructor(path: string, now: () => Date, onAdd: () => void = () => {}) {
    this.#path = path;
    this.#now = now;
    this.#onAdd = onAdd;
  }

  /**
   * Notes an entry. A log that can't be written (a full disk) does not stop what it is about: no error comes of it.
   */
  add(entry: Omit<Activity, 'at'>): Promise<void> {
    const line = `${JSON.stringify({ at: this.#now().toISOString(), ...entry })}\n`;
    this.#queue = this.#queue.then(() => this.#append(line)).then(this.#onAdd, () => {});
    return this.#queue as Promise<void>;
  }

  /** Everything that was noted so far is on disk. */
  async settled(): Promise<void> {
    await this.#queue;
  }

  /** Newest first; lines that are not entries are left out. */
  async list({ limit = Number.POSITIVE_INFINITY, before, ...about }: Wanted): Promise<ActivityEntry[]> {
    const entries: ActivityEntry[] = [];
    for await (const { text, position } of linesFromEnd(this.#path, before)) {
      if (entries.length >= limit) break;
      const entry = parse(text);
      if (entry && isAbout(entry, about)) entries.push({ ...entry, position });
    }
    return entries;
  }

  async #append(line: string): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
    const file = await open(this.#path, 'a+', 0o600);
    try {
      const { size } = await file.stat();
      const last = size === 0 ? '\n' : (await file.read(Buffer.alloc(1), 0, 1, size - 1)).buffer.toString();
      await file.appendFile(last === '\n' ? line : `\n${line}`);
      await file.sync();
    } finally {
      await file.close();
    }
  }
}

function parse(line: string): Activity | null {
  try {
    return ActivitySchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

function isAbout(entry: Activity, { credential, rotation }: Pick<Wanted, 'credential' | 'rotation'>): boolean {
  return (
    (credential === undefined || entry.credential === credential) &&
    (rotation === undefined || entry.rotationId === rotation)
  );
}

/**
 * Reads backwards in blocks, so that a log of years costs no more than its last page.
 * @param before only what begins before this byte.
 */
async function* linesFromEnd(path: string, before?: number): AsyncGenerator<{ text: string; position: number }> {
  let file: Awaited<ReturnType<typeof open>>;
  try {
    file = await open(path, 'r');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw error;
  }
  try {
    let end = Math.min((await file.stat()).size, before ?? Number.POSITIVE_INFINITY);
    let tail = Buffer.alloc(0);
    while (end > 0) {
      const start = Math.max(0, end - BLOCK);
      const { buffer } = await file.read(Buffer.alloc(end - start), 0, end - start, start);
      tail = Buffer.concat([buffer, tail]);
      end = start;
      for (let cut = tail.lastIndexOf(10); cut >= 0; cut = tail.lastIndexOf(10)) {
        if (cut + 1 < tail.length) yield { text: tail.toString('utf8', cut + 1), position: start + cut + 1 };
        tail = tail.subarray(0, cut);
      }
    }
    if (tail.length > 0) yield { text: tail.toString('utf8'), position: 0 };
  } finally {
    await file.close();
  }
}
