import pMap from 'p-map';
import { ConfigError, readSnapshot } from '../configs/snapshot.ts';
import type { Keys, LookedAhead, Prepared } from './memory.ts';
import type { ConfigFile } from './places.ts';
import { filesFor } from './provider-files.ts';
import { refuseObstacle, rekey } from './rekeyed.ts';
import { type Run, sleep } from './run.ts';
import { AT_ONCE } from './survey.ts';

/** What was found out longer ago is found out anew, in milliseconds: the service may have let us wait. */
const FRESH_MS = 10_000;
/** Work for the files holds this process up: a request that was just sent gets on its way before, in milliseconds. */
export const LEAVES_WITHIN_MS = 10;
/** Larger files are not kept in memory meanwhile, in bytes. */
const LARGEST_AHEAD = 1_000_000;

/** Begins to find out which programs run and where files are, once the request that was just sent has left. */
export function lookAhead(run: Run): LookedAhead {
  const left = sleep(LEAVES_WITHIN_MS);
  const ahead = {
    at: run.parts.now().getTime(),
    running: left.then(() => run.parts.programs.processes()).then((running) => running ?? new Map()),
    files: left.then(() => filesFor(run.parts, run.provider)),
  };
  // Who waits for them is told; meanwhile nobody may be waiting yet.
  for (const one of [ahead.running, ahead.files]) one.catch(() => {});
  return ahead;
}

/** What was found out just now, or null. */
export function lookedAhead({ memory, parts }: Run): LookedAhead | null {
  const { ahead } = memory;
  return ahead && parts.now().getTime() - ahead.at < FRESH_MS ? ahead : null;
}

/** Begins to work out the new versions of files, in memory only: nothing of it is written before the new key is current. */
export function prepareAhead(run: Run, keys: Keys): Promise<Map<string, Prepared>> {
  const prepared = sleep(LEAVES_WITHIN_MS)
    .then(() => lookedAhead(run)?.files ?? [])
    .then((files) => prepareAll(run, files, keys));
  prepared.catch(() => {});
  return prepared;
}

/** The new version of a file as it was a moment ago, or null; only once. It may have been changed since. */
export async function takePrepared({ memory }: Run, file: ConfigFile): Promise<Prepared | null> {
  const prepared = await memory.prepared?.catch(() => null);
  const one = prepared?.get(file.path) ?? null;
  prepared?.delete(file.path);
  return one;
}

async function prepareAll(run: Run, files: readonly ConfigFile[], keys: Keys): Promise<Map<string, Prepared>> {
  const planned = new Set(run.record.sites.map(({ site }) => site.file));
  const prepared = new Map<string, Prepared>();
  await pMap(
    files.filter(({ path }) => planned.has(path)),
    async (file) => {
      const one = await prepare(run, file, keys);
      if (one) prepared.set(file.path, one);
    },
    AT_ONCE,
  );
  return prepared;
}

/** Null where it has to be done, or told, when the file's turn comes. */
async function prepare(run: Run, file: ConfigFile, keys: Keys): Promise<Prepared | null> {
  try {
    const snapshot = await readSnapshot(file.path, { maxBytes: LARGEST_AHEAD });
    await refuseObstacle(run, snapshot);
    const rekeyed = rekey(run, file, keys, snapshot);
    return rekeyed && { snapshot, rekeyed };
  } catch (error) {
    if (error instanceof ConfigError) return null;
    throw error;
  }
}
