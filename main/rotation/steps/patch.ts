import { ConfigError, readSnapshot } from '../../configs/snapshot.ts';
import { keysOf } from '../keys.ts';
import { lookedAhead } from '../look-ahead.ts';
import type { Keys } from '../memory.ts';
import { outcomeOf, unseenFiles } from '../outcome.ts';
import { patchEverywhere } from '../patch-files.ts';
import type { ConfigFile, Places } from '../places.ts';
import { filesFor } from '../provider-files.ts';
import { lateHosts, noteRunning, restartsAtEnd } from '../restarts.ts';
import { isDue, revocationAfter } from '../revocation.ts';
import { tryToRevoke } from '../revoke.ts';
import type { Revocation, Rotation } from '../rotation.schema.ts';
import { type Run, sleep } from '../run.ts';
import { settle } from '../settle.ts';
import { needKeychain } from '../stage.ts';
import { search } from '../survey.ts';
import { pruneKept } from '../write-kept.ts';
import { quitHosts, startHosts } from './restart-hosts.ts';

type Hosts = Awaited<ReturnType<Places['hosts']>>;

/** A host that keeps writing the old key is not run after for ever here; see `watch.ts`. */
const LOOKS = 5;

/**
 * Puts the new key into every file in which the old one stands, and notes meanwhile what has changed with it. A file that
 * fails is *to do* and stops no other. Hosts that the person let Rekey restart are down meanwhile, and are started again
 * whatever happens.
 */
export async function patchSites(run: Run): Promise<void> {
  const settled = settle(run).then(() => true as const);
  // Whoever waits for it is told; what is wrong with the index keeps the key from no file.
  settled.catch(() => {});
  const keys = run.memory.keys ?? (await needKeychain(run, () => settled.then(() => keysOf(run))));
  if (!keys) return;
  const recipes = await quitHosts(run);
  try {
    await patchEverywhere(run, keys, 'patched', await lookedAhead(run)?.files);
    run.memory.patchedAt = run.parts.now();
  } finally {
    await startHosts(run, recipes);
  }
  if (await needKeychain(run, () => settled)) await run.pass('patched');
}

/**
 * Some seconds later: a host that had the old key in memory may have written it back. Where one did, it is looked at
 * once more: what it had read before our write, it may have written after it.
 */
export async function lookAgain(run: Run): Promise<void> {
  const keys = await needKeychain(run, () => keysOf(run));
  if (!keys) return;
  let hosts: Hosts = new Map();
  for (let look = 1, replaced = true; replaced && look <= LOOKS; look++) {
    const meanwhile = await whileWaiting(run, keys);
    hosts = meanwhile.hosts;
    // What was found clean then, and was not written since, is only glanced at.
    const replacedLate = await patchEverywhere(run, keys, 'put-back', meanwhile.files);
    replaced = meanwhile.replaced || replacedLate;
  }
  const putBack = run.record.sites.filter(({ state }) => state === 'put-back');
  for (const host of new Set(putBack.map(({ site }) => site.owner.name))) run.parts.onPutBack(run.record, host);
  await finish(run, hosts);
}

interface Meanwhile {
  readonly hosts: Hosts;
  readonly files: readonly ConfigFile[];
  /** The old key was back already. */
  readonly replaced: boolean;
}

/** The time until the next look, in which is done what nobody waits for: a first look among it. */
async function whileWaiting(run: Run, keys: Keys): Promise<Meanwhile> {
  const { delays, places } = run.parts;
  // A list of all programs holds this process up, and the clock is to run by then.
  const waited = sleep(delays.lookAgain);
  const [files, replaced, hosts] = await Promise.all([
    sleep(0.9 * delays.lookAgain).then(() => filesFor(run.parts, run.provider)),
    sleep(0.5 * delays.lookAgain).then(() => patchEverywhere(run, keys, 'put-back')),
    places.hosts(),
    run.save(),
    pruneKept(run),
    run.tidyUp(),
    watchLate(run),
    waited,
  ]);
  return { hosts, files, replaced };
}

/** Another rotation, or somebody, may have started a host while its files were changed. */
async function watchLate(run: Run): Promise<void> {
  const { patchedAt } = run.memory;
  const running = patchedAt && (await run.parts.programs.processes());
  const late = running ? lateHosts(run.record, running, patchedAt) : [];
  if (late.length === 0) return;
  const others = run.record.watched.filter(({ id }) => !late.some((host) => host.id === id));
  await run.save({ watched: [...others, ...late] });
}

/** What was left to do, once more. */
export async function retrySites(run: Run): Promise<void> {
  const keys = await keysOf(run);
  await run.save(noteRunning(run.record, (await run.parts.programs.processes()) ?? new Map()));
  await patchEverywhere(run, keys, 'patched');
  await pruneKept(run);
  await finish(run, await run.parts.places.hosts());
}

/** Ends by what became of the sites. */
async function finish(run: Run, hosts: Hosts): Promise<void> {
  const findings = await withoutMended(run);
  const { outcome, problem } = outcomeOf({ ...run.record, findings });
  const restarts = restartsAtEnd(run.record, hosts);
  const change = { findings, revocation: await revocationOf(run) };
  if (!isDue({ ...run.record, ...change }, run.parts.now()))
    return run.end(outcome, problem, { ...change, ...restarts });
  await run.save(change);
  await tryToRevoke(run);
  await run.end(outcome, problem, restarts);
}

async function revocationOf({ record, parts }: Run): Promise<Revocation | null> {
  const undone = record.undoes === null ? null : await parts.journal.get(record.undoes);
  const revocation = revocationAfter(record, undone?.revocation ?? null, parts.now());
  // What kept it from being revoked may have been mended.
  return revocation?.state === 'held' ? { ...revocation, state: 'due' } : revocation;
}

/** The findings without the files that could not be looked into before, and can be now: they have been changed. */
async function withoutMended(run: Run): Promise<Rotation['findings']> {
  const { findings } = run.record;
  const unseen = unseenFiles(run.record);
  if (unseen.size === 0) return findings;
  const seen = new Set<string>();
  for (const file of await filesFor(run.parts, run.provider)) {
    if (unseen.has(file.path) && (await canBeSeen(file))) seen.add(file.path);
  }
  return findings.filter((finding) => finding.kind !== 'problem' || !seen.has(finding.file));
}

async function canBeSeen(file: ConfigFile): Promise<boolean> {
  try {
    const snapshot = await readSnapshot(file.path);
    search(file, snapshot, { needles: [], envNames: [], companions: [] });
    return true;
  } catch (error) {
    if (error instanceof ConfigError) return error.code === 'file-missing';
    throw error;
  }
}
