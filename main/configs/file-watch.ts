import { type FSWatcher, watch } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

/**
 * Tells when one of some files has changed. A file is replaced by a rename as often as it is written, so that its folder
 * is what is watched; where that can't be (a network drive, too many watches), {@link poll} alone sees the change.
 * Doesn't keep the process alive.
 */
export class FileWatch {
  readonly #paths: readonly string[];
  readonly #onChange: () => void;
  readonly #watchers: FSWatcher[] = [];
  #seen: string | null = null;
  #closed = false;

  /** @param onChange called soon after a change, perhaps several times, perhaps for nothing; never after {@link close}. */
  constructor(paths: readonly string[], onChange: () => void) {
    this.#paths = paths;
    this.#onChange = onChange;
  }

  /** Begins to watch the folders, where a link leads to too. */
  async open(): Promise<void> {
    const names = new Map<string, Set<string>>();
    for (const path of this.#paths) {
      const target = await realpath(path).catch(() => path);
      for (const place of [path, target]) {
        const folder = dirname(place);
        names.set(folder, (names.get(folder) ?? new Set()).add(basename(place)));
      }
    }
    if (this.#closed) return;
    for (const [folder, own] of names) this.#watchFolder(folder, own);
  }

  /** @returns whether a file is another one, or of another time or size, than at the last call; true at the first. */
  async poll(): Promise<boolean> {
    const marks = await Promise.all(this.#paths.map(mark));
    const now = marks.join('\n');
    const changed = now !== this.#seen;
    this.#seen = now;
    return changed;
  }

  close(): void {
    this.#closed = true;
    for (const watcher of this.#watchers.splice(0)) watcher.close();
  }

  #watchFolder(folder: string, names: ReadonlySet<string>): void {
    try {
      const watcher = watch(folder, { persistent: false }, (_event, name) => {
        if (!this.#closed && (name === null || names.has(name))) this.#onChange();
      });
      // The folder has gone, or its drive has: from here on it is polled.
      watcher.on('error', () => watcher.close());
      this.#watchers.push(watcher);
    } catch {
      // It can't be watched: it is polled.
    }
  }
}

async function mark(path: string): Promise<string> {
  try {
    const { ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
    return `${ino} ${size} ${mtimeNs} ${ctimeNs}`;
  } catch {
    return 'none';
  }
}
