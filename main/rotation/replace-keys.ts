import { ConfigError, hashOf, readSnapshot } from '../configs/snapshot.ts';
import { writePatched } from '../configs/write.ts';
import { LARGEST_AT_ONCE, writeAtOnce } from '../configs/write-at-once.ts';
import type { ErrorView } from '../errors.ts';
import { takePrepared } from './look-ahead.ts';
import type { Keys } from './memory.ts';
import type { ConfigFile } from './places.ts';
import type { PlannedSite } from './plan.schema.ts';
import { refuseObstacle, rekey } from './rekeyed.ts';
import { type Run, sleep } from './run.ts';
import { writeKept } from './write-kept.ts';

/** Whoever read a file before it was replaced, and writes it all the time, has written it after this time. */
const SETTLE_MS = 20;
const ROUNDS = 30;

/** What was done with one file. */
export interface Replaced {
  /** Empty where nothing was to be replaced. */
  readonly sites: readonly PlannedSite[];
  /** Why the version until then could not be kept as a backup. */
  readonly notKept: ErrorView | null;
}

const NOTHING: Replaced = { sites: [], notKept: null };

/** One read, splice and rename. @throws {ConfigError} */
export async function replaceKeys(run: Run, file: ConfigFile, keys: Keys): Promise<Replaced> {
  const prepared = await takePrepared(run, file);
  const snapshot = prepared?.snapshot ?? (await readSnapshot(file.path));
  // Nobody has written it since the new key was put into it.
  if (run.written.get(file.path) === snapshot.hash) return NOTHING;
  const rekeyed = prepared?.rekeyed ?? rekey(run, file, keys, snapshot);
  if (rekeyed === null) return NOTHING;
  if (!prepared) await refuseObstacle(run, snapshot);
  const notKept = await writeKept(run, snapshot, () => writePatched(snapshot, rekeyed.bytes));
  run.written.set(file.path, hashOf(rekeyed.bytes));
  return { sites: rekeyed.sites, notKept };
}

/**
 * The same where the old key was written back once: whoever did it may just have read the file again, and be about to
 * write what they have read.
 */
export async function replaceForGood(run: Run, file: ConfigFile, keys: Keys): Promise<Replaced> {
  const replaced = await replaceKeys(run, file, keys);
  if (replaced.sites.length === 0) return replaced;
  await sleep(SETTLE_MS);
  await overtakeKeys(run, file, keys);
  return replaced;
}

/**
 * The same for a file that somebody writes faster than that goes, without asking for its lock: in the gaps between two
 * of their writes, and until the new key stays.
 *
 * @throws {ConfigError} `file-changed` when the old one was back each time.
 */
export async function overtakeKeys(run: Run, file: ConfigFile, keys: Keys): Promise<Replaced> {
  const snapshot = await readSnapshot(file.path);
  // Windows renames over no file that is open, and this one must be until then.
  const isPossible = snapshot.bytes.length <= LARGEST_AT_ONCE && run.parts.machine.platform !== 'win32';
  if (!isPossible) return replaceKeys(run, file, keys);
  let last = rekey(run, file, keys, snapshot);
  if (last === null) return NOTHING;
  await refuseObstacle(run, snapshot);
  const notKept = await writeKept(run, snapshot, async () => {
    for (let round = 1; round <= ROUNDS; round++) {
      const isReplaced = await writeAtOnce(file.path, (bytes) => {
        const rekeyed = rekey(run, file, keys, { bytes });
        if (rekeyed) last = rekeyed;
        return rekeyed?.bytes ?? null;
      });
      if (!isReplaced) return;
      await sleep(SETTLE_MS);
    }
    throw writtenBack(file);
  });
  return { sites: last.sites, notKept };
}

function writtenBack({ path }: ConfigFile): ConfigError {
  return new ConfigError(
    'file-changed',
    `Another program keeps writing the old key back into ${path}, faster than Rekey can replace it. The file holds the old key.`,
    'Close the program that uses this file, then try again.',
  );
}
