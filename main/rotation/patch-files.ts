import { ConfigError, readSnapshot } from '../configs/snapshot.ts';
import { type ErrorView, errorView } from '../errors.ts';
import type { Keys } from './keys.ts';
import type { ConfigFile } from './places.ts';
import type { PlannedSite } from './plan.schema.ts';
import { wantedFor } from './planning.ts';
import { filesFor } from './provider-files.ts';
import { overtakeKeys, replaceForGood, replaceKeys } from './replace-keys.ts';
import type { SiteResult } from './rotation.schema.ts';
import { type Run, sleep } from './run.ts';
import { search } from './survey.ts';

/** A host that keeps writing its file gets this many chances to leave a gap. */
const ATTEMPTS = 10;
/** After these it isn't waited for a gap any more. */
const CAREFUL_ATTEMPTS = 3;
const BETWEEN_ATTEMPTS_MS = 100;

/** Errors that come before anyone knows what the file holds. */
const UNSEEN: ReadonlySet<string> = new Set(['file-unreadable', 'file-not-parsable', 'file-locked', 'file-too-large']);

/**
 * Replaces the old key in all files in which it stands now, one after the other, each result in the journal at once.
 *
 * Every file is read and searched afresh: what counts is where the key is, not where it was when the plan was made.
 * @param state what a replaced site becomes: `put-back` when it had been patched before.
 * @returns whether the old key stood anywhere where it could be replaced.
 */
export async function patchEverywhere(run: Run, keys: Keys, state: 'patched' | 'put-back'): Promise<boolean> {
  let replaced = false;
  for (const file of await filesFor(run.parts, run.provider)) {
    const results = await patchFile(run, file, keys, state);
    if (results && results.length > 0) await run.save({ sites: merge(run.record.sites, results) });
    if (results?.some((result) => result.state === state)) replaced = true;
  }
  if (state === 'patched')
    await run.save({
      sites: run.record.sites.map((result) => (result.state === 'pending' ? { ...result, state: 'gone' } : result)),
    });
  return replaced;
}

/**
 * Replaces the old key once more in files that hosts have written since.
 * @returns the files in which it stood, and whether one of them could not be looked into now.
 */
export async function patchAgain(
  run: Run,
  keys: Keys,
  files: readonly ConfigFile[],
): Promise<{ readonly putBack: readonly ConfigFile[]; readonly unseen: boolean }> {
  const putBack: ConfigFile[] = [];
  let unseen = false;
  for (const file of files) {
    const results = await patchFile(run, file, keys, 'put-back');
    if (results === null) unseen = true;
    else if (results.length > 0) await run.save({ sites: merge(run.record.sites, results) });
    if (results?.some(({ state }) => state === 'put-back')) putBack.push(file);
  }
  return { putBack, unseen };
}

/** Leaves the old key where it stands again in these files, and says why. @returns the files in which it stands. */
export async function leaveToDo(
  run: Run,
  keys: Keys,
  files: readonly ConfigFile[],
  problem: (file: ConfigFile) => ErrorView,
): Promise<readonly ConfigFile[]> {
  const { old } = keys;
  if (!old) return [];
  const holding: ConfigFile[] = [];
  for (const file of files) {
    const snapshot = await readSnapshot(file.path).catch(() => null);
    if (!snapshot || search(file, snapshot, wantedFor(run.provider, old)).sites.length === 0) continue;
    holding.push(file);
    const sites = run.record.sites.filter(({ site }) => site.file === file.path).map(({ site }) => site);
    const results = sites.map((site): SiteResult => ({ site, state: 'to-do', problem: problem(file) }));
    const known = run.record.sites.filter(({ site }) => site.file === file.path);
    if (JSON.stringify(known) !== JSON.stringify(results)) await run.save({ sites: merge(run.record.sites, results) });
  }
  return holding;
}

/** @returns what became of the file's sites; null when a second look could not see into it. */
async function patchFile(
  run: Run,
  file: ConfigFile,
  keys: Keys,
  state: 'patched' | 'put-back',
): Promise<SiteResult[] | null> {
  const planned = run.record.sites.filter(({ site }) => site.file === file.path).map(({ site }) => site);
  try {
    const careful = state === 'put-back' ? replaceForGood : replaceKeys;
    const sites = await withRetries((attempt) =>
      file.withLock(() => (attempt <= CAREFUL_ATTEMPTS ? careful : overtakeKeys)(run, file, keys)),
    );
    const done: SiteResult[] = sites.map((site) => ({ site, state, problem: null }));
    if (state === 'put-back') return done;
    // A crash between the rename and the journal's record leaves the new key in place and nothing to replace.
    const before = await alreadyDone(
      run,
      file,
      keys,
      planned.filter((site) => !sites.some((other) => same(site, other))),
    );
    return [...done, ...before];
  } catch (error) {
    if (error instanceof ConfigError) {
      if (error.code === 'file-missing') return planned.map((site) => ({ site, state: 'gone', problem: null }));
      // The second look found nothing to say about what was patched before.
      if (state === 'put-back' && UNSEEN.has(error.code)) return null;
    }
    return planned.map((site) => ({ site, state: 'to-do', problem: errorView(error) }));
  }
}

/** Planned sites in which the new key stands already. */
async function alreadyDone(
  run: Run,
  file: ConfigFile,
  keys: Keys,
  sites: readonly PlannedSite[],
): Promise<SiteResult[]> {
  if (sites.length === 0) return [];
  const snapshot = await readSnapshot(file.path);
  const found = search(file, snapshot, wantedFor(run.provider, keys.fresh));
  return sites
    .filter((site) => found.sites.some((other) => JSON.stringify(other.path) === JSON.stringify(site.path)))
    .map((site) => ({ site, state: 'patched', problem: null }));
}

/** Again when the file changed under the hands or its lock is taken; every other error is final. */
export async function withRetries<T>(work: (attempt: number) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work(attempt);
    } catch (error) {
      if (attempt === ATTEMPTS || !(error instanceof ConfigError) || error.code !== 'file-changed') throw error;
      await sleep(BETWEEN_ATTEMPTS_MS * Math.random());
    }
  }
}

function same(one: PlannedSite, other: PlannedSite): boolean {
  return one.file === other.file && one.role === other.role && JSON.stringify(one.path) === JSON.stringify(other.path);
}

/** The new results in the place of the old ones for the same sites; sites that weren't planned come to the end. */
function merge(old: readonly SiteResult[], fresh: readonly SiteResult[]): SiteResult[] {
  const replaced = old.map((result) => fresh.find(({ site }) => same(site, result.site)) ?? result);
  const added = fresh.filter(({ site }) => !old.some((result) => same(site, result.site)));
  return [...replaced, ...added];
}
