import { isDeepStrictEqual } from 'node:util';
import type { ErrorView } from '../errors.ts';
import { RotationError } from './errors.ts';
import { keysOf } from './keys.ts';
import { outcomeOf } from './outcome.ts';
import { leaveToDo, patchAgain } from './patch-files.ts';
import type { ConfigFile } from './places.ts';
import { hostsOf } from './plan.schema.ts';
import { filesFor } from './provider-files.ts';
import { withRestart } from './restarts.ts';
import type { Restart, WatchedHost } from './rotation.schema.ts';
import type { Run } from './run.ts';

/** What one look at the watched hosts' files is to do. */
export interface LookOrder {
  /** Hosts whose noted processes are all gone: this is the last look at their files. */
  readonly ended: ReadonlySet<string>;
  /** Hosts that wrote the old key back so often that it isn't replaced while they run. */
  readonly tired: ReadonlySet<string>;
}

export interface LookResult {
  /** Ids of the hosts whose files held the old key, and hold the new one now. */
  readonly putBack: ReadonlySet<string>;
  /** Ids of the hosts that have written the old key faster than it could be replaced. */
  readonly contested: ReadonlySet<string>;
  /** A file could not be looked into now (its lock is taken): it is looked at again. */
  readonly unseen: boolean;
}

/**
 * Looks into the files of the hosts that still run with the old key in memory, and replaces it where it is back. Whoever
 * runs right after a replacement may have read the old key before it, and is watched from then on.
 *
 * @throws {KeychainError} when the keys can't be had now; nothing was changed then.
 */
export async function lookForOldKey(run: Run, { ended, tired }: LookOrder): Promise<LookResult> {
  const keys = await keysOf(run);
  const files = await filesOfHosts(run, new Set(run.record.watched.map(({ id }) => id)));
  const left = (file: ConfigFile): boolean => hostsOf(file).some(({ id }) => tired.has(id) && !ended.has(id));
  const { putBack, contested, unseen } = await patchAgain(
    run,
    keys,
    files.filter((file) => !left(file)),
  );
  const loops = await leaveToDo(run, keys, files.filter(left), (file) => writesOldKey(file).view);
  const owners = new Set(putBack.flatMap(hostsOf).map(({ id }) => id));
  const running = owners.size > 0 ? await run.parts.programs.processes() : null;
  let { watched, restarts } = run.record;
  for (const host of run.record.watched) {
    const known = restarts.find(({ id }) => id === host.id);
    const loop = loops.find((file) => hostsOf(file).some(({ id }) => id === host.id));
    if (loop) restarts = withRestart(restarts, wanted(host, known, writesOldKey(loop).view));
    else if (known && owners.has(host.id)) restarts = withRestart(restarts, wanted(host, known, null));
    const processes = owners.has(host.id) ? running?.get(host.id) : undefined;
    if (processes) watched = watched.map((one) => (one.id === host.id ? { ...one, processes: [...processes] } : one));
    const over = !processes && !unseen && (ended.has(host.id) || (owners.has(host.id) && running !== null));
    if (!over) continue;
    watched = watched.filter(({ id }) => id !== host.id);
    if (known) restarts = withRestart(restarts, { ...known, state: 'done', problem: null });
  }
  const change = { watched, restarts, ...outcomeOf(run.record) };
  if (!isDeepStrictEqual({ ...run.record, ...change }, run.record)) await run.save(change);
  for (const name of new Set(putBack.map(({ owner }) => owner.name))) run.parts.onPutBack(run.record, name);
  return { putBack: owners, contested: new Set(contested.flatMap(hostsOf).map(({ id }) => id)), unseen };
}

/** The config files of these hosts that the rotation has changed. */
export async function filesOfHosts(run: Run, ids: ReadonlySet<string>): Promise<ConfigFile[]> {
  const paths = new Set(run.record.sites.map(({ site }) => site.file));
  const files = await filesFor(run.parts, run.provider);
  return files.filter((file) => paths.has(file.path) && hostsOf(file).some(({ id }) => ids.has(id)));
}

function wanted({ id, name }: WatchedHost, known: Restart | undefined, problem: ErrorView | null): Restart {
  return { reload: 'restart-host', ...known, id, name, state: 'wanted', problem };
}

function writesOldKey({ owner, path }: ConfigFile): RotationError {
  return new RotationError(
    'host-writes-old-key',
    `${owner.name} writes the old key back again and again, so Rekey has stopped replacing it: ${path} holds the old key.`,
    `Quit ${owner.name}. Rekey then puts the new key in once more; start ${owner.name} again after that.`,
  );
}
