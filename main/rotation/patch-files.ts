import pMap from 'p-map';
import { ConfigError, readSnapshot } from '../configs/snapshot.ts';
import { stampOf } from '../configs/stamp.ts';
import { type ErrorView, errorView } from '../errors.ts';
import { FileNotes, isSameSite, mergeResults, type PatchedFile } from './file-notes.ts';
import type { Keys } from './memory.ts';
import type { ConfigFile } from './places.ts';
import type { PlannedSite } from './plan.schema.ts';
import { wantedFor } from './planning.ts';
import { filesFor } from './provider-files.ts';
import { overtakeKeys, replaceForGood, replaceKeys } from './replace-keys.ts';
import type { SiteResult } from './rotation.schema.ts';
import { type Run, sleep } from './run.ts';
import { AT_ONCE, search } from './survey.ts';

/** A host that keeps writing its file gets this many chances to leave a gap. */
const ATTEMPTS = 10;
/** After these it isn't waited for a gap any more. */
const CAREFUL_ATTEMPTS = 3;
const BETWEEN_ATTEMPTS_MS = 100;

/** Errors that come before anyone knows what the file holds. */
const UNSEEN: ReadonlySet<string> = new Set(['file-unreadable', 'file-not-parsable', 'file-locked', 'file-too-large']);

/**
 * Replaces the old key in all files in which it stands now, several at a time, each result in the journal soon after.
 *
 * Every file is read and searched afresh: what counts is where the key is, not where it was when the plan was made.
 * @param state what a replaced site becomes: `put-back` when it had been patched before.
 * @param files all that are there, where they have just been looked for.
 * @returns whether the old key stood anywhere where it could be replaced.
 */
export async function patchEverywhere(
  run: Run,
  keys: Keys,
  state: 'patched' | 'put-back',
  files?: readonly ConfigFile[],
): Promise<boolean> {
  const notes = new FileNotes(run);
  const patchOne = async (file: ConfigFile): Promise<boolean> => {
    const patched = await patchFile(run, file, keys, state);
    notes.add(file, patched);
    return patched.results?.some((result) => result.state === state) ?? false;
  };
  const all = files ?? (await filesFor(run.parts, run.provider));
  const planned = new Set(run.record.sites.map(({ site }) => site.file));
  // Where the dead key is known to stand it isn't left a moment longer than needed.
  const inOrder = all.toSorted((one, other) => Number(planned.has(other.path)) - Number(planned.has(one.path)));
  const replaced = await pMap(inOrder, patchOne, AT_ONCE);
  await notes.write(state === 'patched' ? 'gone' : 'pending');
  return replaced.includes(true);
}

export interface LookedAgain {
  readonly putBack: readonly ConfigFile[];
  readonly contested: readonly ConfigFile[];
  readonly unseen: boolean;
}

/**
 * Replaces the old key once more in files that hosts have written since.
 * @returns the files in which it stood, those whose host was faster each time, and whether one could not be looked into now.
 */
export async function patchAgain(run: Run, keys: Keys, files: readonly ConfigFile[]): Promise<LookedAgain> {
  const putBack: ConfigFile[] = [];
  const contested: ConfigFile[] = [];
  const notes = new FileNotes(run);
  let unseen = false;
  for (const file of files) {
    const patched = await patchFile(run, file, keys, 'put-back');
    notes.add(file, patched);
    if (patched.results === null) unseen = true;
    if (patched.results?.some(({ state }) => state === 'put-back')) putBack.push(file);
    if (patched.results?.some(({ problem }) => problem?.code === 'file-changed')) contested.push(file);
  }
  await notes.write();
  return { putBack, contested, unseen };
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
    if (JSON.stringify(known) !== JSON.stringify(results))
      await run.save({ sites: mergeResults(run.record.sites, results) });
  }
  return holding;
}

async function patchFile(run: Run, file: ConfigFile, keys: Keys, state: 'patched' | 'put-back'): Promise<PatchedFile> {
  const planned = run.record.sites.filter(({ site }) => site.file === file.path).map(({ site }) => site);
  // Taken before the file is read: whoever writes it meanwhile changes it.
  const stamp = state === 'put-back' ? await stampOf(file.path) : null;
  if (stamp !== null && run.clean.get(file.path) === stamp) return { results: [], notKept: null };
  try {
    const careful = state === 'put-back' ? replaceForGood : replaceKeys;
    const { sites, notKept } = await withRetries((attempt) =>
      file.withLock(() => (attempt <= CAREFUL_ATTEMPTS ? careful : overtakeKeys)(run, file, keys)),
    );
    const done: SiteResult[] = sites.map((site) => ({ site, state, problem: null }));
    if (stamp !== null && done.length === 0) run.clean.set(file.path, stamp);
    if (state === 'put-back') return { results: done, notKept };
    // A crash between the rename and the journal's record leaves the new key in place and nothing to replace.
    const before = await alreadyDone(
      run,
      file,
      keys,
      planned.filter((site) => !sites.some((other) => isSameSite(site, other))),
    );
    return { results: [...done, ...before], notKept };
  } catch (error) {
    return { results: resultsOfFailure(planned, state, error), notKept: null };
  }
}

function resultsOfFailure(planned: readonly PlannedSite[], state: SiteResult['state'], error: unknown) {
  if (error instanceof ConfigError) {
    if (error.code === 'file-missing')
      return planned.map((site): SiteResult => ({ site, state: 'gone', problem: null }));
    // The second look found nothing to say about what was patched before.
    if (state === 'put-back' && UNSEEN.has(error.code)) return null;
  }
  return planned.map((site): SiteResult => ({ site, state: 'to-do', problem: errorView(error) }));
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
