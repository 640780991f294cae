import { keysOf } from '../keys.ts';
import { outcomeOf } from '../outcome.ts';
import { patchEverywhere } from '../patch-files.ts';
import { noteRunning, restartsAtEnd } from '../restarts.ts';
import { type Run, sleep } from '../run.ts';
import { needKeychain } from '../stage.ts';
import { quitHosts, startHosts } from './restart-hosts.ts';

/** A host that keeps writing the old key is not run after for ever here; see `watch.ts`. */
const LOOKS = 5;

/**
 * Puts the new key into every file in which the old one stands. A file that fails is *to do* and stops no other. Hosts
 * that the person let Rekey restart are down meanwhile, and are started again whatever happens.
 */
export async function patchSites(run: Run): Promise<void> {
  const keys = await needKeychain(run, () => keysOf(run));
  if (!keys) return;
  const recipes = await quitHosts(run);
  try {
    await patchEverywhere(run, keys, 'patched');
  } finally {
    await startHosts(run, recipes);
  }
  await run.reach('patched');
}

/**
 * Some seconds later: a host that had the old key in memory may have written it back. Where one did, it is looked at
 * once more: what it had read before our write, it may have written after it.
 */
export async function lookAgain(run: Run): Promise<void> {
  for (let look = 1, replaced = true; replaced && look <= LOOKS; look++) {
    await sleep(run.parts.delays.lookAgain);
    const keys = await needKeychain(run, () => keysOf(run));
    if (!keys) return;
    replaced = await patchEverywhere(run, keys, 'put-back');
  }
  const putBack = run.record.sites.filter(({ state }) => state === 'put-back');
  for (const host of new Set(putBack.map(({ site }) => site.owner.name))) run.parts.onPutBack(run.record, host);
  await finish(run);
}

/** What was left to do, once more. */
export async function retrySites(run: Run): Promise<void> {
  const keys = await keysOf(run);
  await run.save(noteRunning(run.record, (await run.parts.programs.processes()) ?? new Map()));
  await patchEverywhere(run, keys, 'patched');
  await finish(run);
}

/** Ends by what became of the sites. */
async function finish(run: Run): Promise<void> {
  const { outcome, problem } = outcomeOf(run.record);
  await run.end(outcome, problem, restartsAtEnd(run.record, await run.parts.places.hosts()));
}
