import type { Secret } from '../../credentials/secret.ts';
import { RotationError } from '../errors.ts';
import { type Keys, patchEverywhere } from '../patch-files.ts';
import { type Run, sleep } from '../run.ts';
import { needKeychain } from '../stage.ts';

/** Puts the new key into every file in which the old one stands. A file that fails is *to do* and stops no other. */
export async function patchSites(run: Run): Promise<void> {
  const keys = await needKeychain(run, () => keysOf(run));
  if (!keys) return;
  await patchEverywhere(run, keys, 'patched');
  await run.reach('patched');
}

/** Some seconds later: a host that had the old key in memory may have written it back. */
export async function lookAgain(run: Run): Promise<void> {
  await sleep(run.parts.delays.lookAgain);
  const keys = await needKeychain(run, () => keysOf(run));
  if (!keys) return;
  await patchEverywhere(run, keys, 'put-back');
  await finish(run);
}

/** What was left to do, once more. */
export async function retrySites(run: Run): Promise<void> {
  await patchEverywhere(run, await keysOf(run), 'patched');
  await finish(run);
}

/** Ends by what became of the sites. */
async function finish(run: Run): Promise<void> {
  const { record } = run;
  const left = record.sites.filter(({ state }) => state === 'to-do');
  const change = { restarts: await restarts(run) };
  if (left.length === 0) return run.end('done', null, change);
  const files = new Set(left.map(({ site }) => site.file)).size;
  const problem = new RotationError(
    'sites-left',
    `“${record.target.name}” was rotated and the new key is in the keychain, but ${files === 1 ? 'one file could' : `${files} files could`} not be changed and still ${files === 1 ? 'holds' : 'hold'} the old key.`,
    'See what is left to do, mend the reason and try again, or copy the new key and put it there by hand.',
  );
  await run.end('done-in-part', problem.view, change);
}

async function keysOf(run: Run): Promise<Keys> {
  const { credentials } = run.parts;
  const { id } = run.record.target;
  const companions = new Map<string, Secret>();
  for (const name of run.record.newCompanions) {
    const value = await credentials.companionOf(id, name);
    if (value) companions.set(name, value);
  }
  return { old: await credentials.previousOf(id), fresh: await credentials.secretOf(id), companions };
}

async function restarts(run: Run): Promise<Run['record']['restarts']> {
  const hosts = await run.parts.places.hosts();
  const touched = new Set(
    run.record.sites
      .filter(({ site, state }) => site.owner.kind === 'host' && (state === 'patched' || state === 'put-back'))
      .map(({ site }) => site.owner.id),
  );
  return [...touched].flatMap((id) => {
    const host = hosts.get(id);
    return host && host.running !== false && host.reload !== 'by-itself'
      ? [{ id, name: host.name, reload: host.reload }]
      : [];
  });
}
