import { errorView } from '../errors.ts';
import { isCurrent } from './credential-lock.ts';
import { RotationError } from './errors.ts';
import { keysOf } from './keys.ts';
import { outcomeOf } from './outcome.ts';
import { patchAgain } from './patch-files.ts';
import { filesOfHosts } from './put-back.ts';
import { quitByUs, withRestart } from './restarts.ts';
import { hostsToRestart, type Restart, type Rotation } from './rotation.schema.ts';
import type { Run } from './run.ts';
import { startHosts } from './steps/restart-hosts.ts';

/**
 * Quits a host that still runs with the old key, puts the new key into its files once more where it wrote the old one at
 * its end, and starts it again as it was: because the person wants it now. How it is started is on disk before.
 *
 * @throws {RotationError} `restart-not-needed`.
 * @throws {LifecycleError} `host-not-startable`, `host-still-running` and the like, and {@link KeychainError}: it runs as
 *   before, and its restart is still wanted.
 */
export async function restartNow(run: Run, hostId: string): Promise<void> {
  const { programs, startRecipes, delays } = run.parts;
  const restart = hostsToRestart(run.record).find(({ id }) => id === hostId);
  const runs = (await programs.processes())?.has(hostId) ?? false;
  if (!restart || !runs) throw notNeeded(hostId, run.record);
  // Nothing is quit that could not have the new key put in its files.
  await keysOf(run);
  const recipe = await programs.recipe(hostId);
  // Should this end in between, how the host is started is removed after the next start of Rekey.
  await run.save({ tidy: false, restartHosts: [...new Set([...run.record.restartHosts, hostId])] });
  await startRecipes.keep(run.record.id, new Map([...(await startRecipes.read(run.record.id)), [hostId, recipe]]));
  await save(run, { ...restart, state: 'quit', problem: null });
  try {
    await programs.quit(hostId, delays.quitTimeout);
  } catch (error) {
    await save(run, { ...restart, problem: errorView(error) });
    await startRecipes.discard(run.record.id).catch(() => {});
    throw error;
  }
  await startAgain(run);
}

/**
 * Starts what {@link restartNow} has quit, also after a crash in between, with the new key in its files.
 * @throws {KeychainError} when nobody can see now how they are started: they are still down.
 */
export async function startAgain(run: Run): Promise<void> {
  const recipes = new Map(await run.parts.startRecipes.read(run.record.id));
  try {
    await putInPlace(run, new Set(quitByUs(run.record).map(({ id }) => id)));
  } finally {
    await startHosts(run, recipes);
  }
}

async function putInPlace(run: Run, hosts: ReadonlySet<string>): Promise<void> {
  // A newer rotation sees to the files itself.
  if (!(await isCurrent(run.parts.credentials, run.record))) return;
  await patchAgain(run, await keysOf(run), await filesOfHosts(run, hosts));
  await run.save(outcomeOf(run.record));
}

async function save(run: Run, restart: Restart): Promise<void> {
  await run.save({ restarts: withRestart(run.record.restarts, restart) });
}

function notNeeded(hostId: string, { restarts }: Rotation): RotationError {
  const name = restarts.find(({ id }) => id === hostId)?.name ?? hostId;
  return new RotationError(
    'restart-not-needed',
    `${name} does not run with the old key, or is no program that Rekey can start again. It was left as it is.`,
    `If ${name} still uses the old key, quit it yourself and start it again.`,
  );
}
