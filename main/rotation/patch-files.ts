import { patch } from '../configs/patch.ts';
import type { Edit } from '../configs/site.ts';
import { ConfigError, readSnapshot } from '../configs/snapshot.ts';
import { writePatched } from '../configs/write.ts';
import type { Secret } from '../credentials/secret.ts';
import { errorView } from '../errors.ts';
import type { ConfigFile } from './places.ts';
import type { PlannedSite } from './plan.schema.ts';
import { wantedFor } from './planning.ts';
import { filesFor } from './provider-files.ts';
import type { SiteResult } from './rotation.schema.ts';
import { type Run, sleep } from './run.ts';
import { planned, search } from './survey.ts';

/** A host that keeps writing its file gets this many chances to leave a gap. */
const ATTEMPTS = 10;
const BETWEEN_ATTEMPTS_MS = 100;

/** The old key to look for, the new one and its companions. */
export interface Keys {
  readonly old: Secret | null;
  readonly fresh: Secret;
  readonly companions: ReadonlyMap<string, Secret>;
}

/** Errors that come before anyone knows what the file holds. */
const UNSEEN: ReadonlySet<string> = new Set(['file-unreadable', 'file-not-parsable', 'file-locked', 'file-too-large']);

/**
 * Replaces the old key in all files in which it stands now, one after the other, each result in the journal at once.
 *
 * Every file is read and searched afresh: what counts is where the key is, not where it was when the plan was made.
 * @param state what a replaced site becomes: `put-back` when it had been patched before.
 */
export async function patchEverywhere(run: Run, keys: Keys, state: 'patched' | 'put-back'): Promise<void> {
  for (const file of await filesFor(run.parts, run.provider)) {
    const results = await patchFile(run, file, keys, state);
    if (results.length > 0) await run.save({ sites: merge(run.record.sites, results) });
  }
  if (state === 'patched')
    await run.save({
      sites: run.record.sites.map((result) => (result.state === 'pending' ? { ...result, state: 'gone' } : result)),
    });
}

async function patchFile(run: Run, file: ConfigFile, keys: Keys, state: 'patched' | 'put-back'): Promise<SiteResult[]> {
  const planned = run.record.sites.filter(({ site }) => site.file === file.path).map(({ site }) => site);
  try {
    const sites = await withRetries(() => file.withLock(() => replaceKeys(run, file, keys)));
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
      if (state === 'put-back' && UNSEEN.has(error.code)) return [];
    }
    return planned.map((site) => ({ site, state: 'to-do', problem: errorView(error) }));
  }
}

/** One read, splice and rename. @returns the sites that were replaced. */
async function replaceKeys(run: Run, file: ConfigFile, keys: Keys): Promise<PlannedSite[]> {
  if (!keys.old) return [];
  const snapshot = await readSnapshot(file.path);
  const wanted = wantedFor(run.provider, keys.old);
  const found = search(file, snapshot, wanted);
  const edits = found.sites.flatMap((site): Edit[] => {
    const value = site.role === 'key' ? keys.fresh : keys.companions.get(site.role);
    return value ? [{ site, value }] : [];
  });
  if (edits.length === 0) return [];
  await writePatched(snapshot, patch(snapshot.bytes, file.format, edits, file.path));
  return edits.map(({ site }) => planned(file, snapshot, found, site, wanted));
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
async function withRetries<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
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
