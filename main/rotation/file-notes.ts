import type { ErrorView } from '../errors.ts';
import type { ConfigFile } from './places.ts';
import type { PlannedSite } from './plan.schema.ts';
import type { Rotation, SiteResult } from './rotation.schema.ts';
import type { Run } from './run.ts';

/** What became of one file. */
export interface PatchedFile {
  /** Null when a second look could not see into it. */
  readonly results: readonly SiteResult[] | null;
  /** Why its version until then could not be kept as a backup. */
  readonly notKept: ErrorView | null;
}

/** How long a result may wait for those of other files, to come into the journal together with them, in milliseconds. */
const TOGETHER_MS = 100;

/**
 * Brings what became of files into the journal, of several files at once. A crash in between loses no more than the notes:
 * then every file is looked into again, and one that holds the new key counts as patched.
 */
export class FileNotes {
  readonly #run: Run;
  #results: SiteResult[] = [];
  #notKept: Rotation['notKept'] = [];
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(run: Run) {
    this.#run = run;
  }

  add({ path }: ConfigFile, { results, notKept }: PatchedFile): void {
    if (notKept) this.#notKept.push({ file: path, problem: notKept });
    if (results) this.#results.push(...results);
    this.#timer ??= setTimeout(() => void this.write().catch(() => {}), TOGETHER_MS);
  }

  /**
   * Returns when all is in the journal.
   * @param pendingIs what sites are that nothing is known of, now that all files were looked into.
   */
  write(pendingIs: 'pending' | 'gone' = 'pending'): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // One after the other: each adds to what the one before has written.
    this.#writing = this.#writing.then(async () => {
      const { record } = this.#run;
      const merged = mergeResults(record.sites, this.#results);
      const sites = merged.map((one) => (one.state === 'pending' ? { ...one, state: pendingIs } : one));
      const files = new Set(this.#notKept.map(({ file }) => file));
      const notKept = [...record.notKept.filter(({ file }) => !files.has(file)), ...this.#notKept];
      const isNews = this.#results.length + this.#notKept.length > 0 || pendingIs !== 'pending';
      [this.#results, this.#notKept] = [[], []];
      if (isNews) await this.#run.save({ sites, notKept });
    });
    return this.#writing;
  }
}

/** The new results in the place of the old ones for the same sites; sites that weren't planned come to the end. Pure. */
export function mergeResults(old: readonly SiteResult[], fresh: readonly SiteResult[]): SiteResult[] {
  const news = new Map(fresh.map((result) => [keyOf(result.site), result]));
  const known = new Set(old.map(({ site }) => keyOf(site)));
  return [
    ...old.map((result) => news.get(keyOf(result.site)) ?? result),
    ...fresh.filter(({ site }) => !known.has(keyOf(site))),
  ];
}

/** Whether both are one place in one file. Pure. */
export function isSameSite(one: PlannedSite, other: PlannedSite): boolean {
  return keyOf(one) === keyOf(other);
}

function keyOf({ file, role, path }: PlannedSite): string {
  return JSON.stringify([file, role, path]);
}
