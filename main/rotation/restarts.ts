import { type ProcessMark, sameProcess } from '../hosts/lifecycle/alive.ts';
import { hostsOf, type Plan } from './plan.schema.ts';
import type { Restart, Rotation, WatchedHost } from './rotation.schema.ts';

/** The processes of each host that runs, by its id. */
export type Running = ReadonlyMap<string, readonly ProcessMark[]>;

/** The list with this host's entry in it, in the place of an earlier one. Pure. */
export function withRestart(restarts: readonly Restart[], restart: Restart): Restart[] {
  const known = restarts.some(({ id }) => id === restart.id);
  return known ? restarts.map((one) => (one.id === restart.id ? restart : one)) : [...restarts, restart];
}

/** The hosts that Rekey has quit, or is about to, and not started again yet. Pure. */
export function quitByUs({ restarts }: Rotation): Restart[] {
  return restarts.filter(({ state }) => state === 'quit');
}

/** Ids of the hosts with files that are still to be changed. Pure. */
export function hostsAhead({ sites }: Rotation): Set<string> {
  const ahead = sites.filter(({ state }) => state === 'pending' || state === 'to-do');
  return new Set(ahead.flatMap(({ site }) => hostsOf(site)).map(({ id }) => id));
}

/**
 * Notes which processes run just before their hosts' files are changed: they may hold the old key. A host that was
 * started again before, with its file as it was, is to be started once more. Pure.
 */
export function noteRunning(record: Rotation, running: Running): Pick<Rotation, 'watched' | 'restarts'> {
  const ahead = hostsAhead(record);
  const names = new Map(record.sites.flatMap(({ site }) => hostsOf(site)).map(({ id, name }) => [id, name]));
  const fresh = [...ahead].flatMap((id): WatchedHost[] => {
    const processes = running.get(id) ?? [];
    return processes.length > 0 ? [{ id, name: names.get(id) ?? id, processes: [...processes] }] : [];
  });
  return {
    watched: [...record.watched.filter(({ id }) => !ahead.has(id)), ...fresh],
    restarts: record.restarts.filter(({ id, state }) => state !== 'done' || !fresh.some((host) => host.id === id)),
  };
}

/**
 * The hosts that were started, or started again, while their files were changed, by whomever: they may have read the old
 * key. A start is known to the second only, so that one right after counts too. Pure.
 * @param patchedAt when the last file was changed.
 */
export function lateHosts(record: Rotation, running: Running, patchedAt: Date): WatchedHost[] {
  const names = new Map(
    record.sites
      .filter(({ state }) => state === 'patched')
      .flatMap(({ site }) => hostsOf(site).map(({ id, name }) => [id, name])),
  );
  const startedByUs = new Set(record.restarts.filter(({ state }) => state === 'done').map(({ id }) => id));
  return [...names].flatMap(([id, name]): WatchedHost[] => {
    const now = running.get(id) ?? [];
    const known = record.watched.find((host) => host.id === id)?.processes ?? [];
    if (startedByUs.has(id) || stillRuns(known, now)) return [];
    const processes = now.filter(({ startedAt }) => startedAt !== null && Date.parse(startedAt) <= patchedAt.getTime());
    return processes.length > 0 ? [{ id, name, processes }] : [];
  });
}

/**
 * What is to be done with a host that the person let Rekey quit and start again; the same in a first run and after a
 * crash. One that was noted as quit and runs with other processes was started by somebody else since: the person's yes
 * was not for that one. Pure.
 */
export function nextFor(
  record: Rotation,
  id: string,
  now: readonly ProcessMark[],
): 'quit' | 'start-later' | 'leave-to-person' | 'nothing' {
  const known = record.restarts.find((one) => one.id === id);
  if (!known) return now.length > 0 && hostsAhead(record).has(id) ? 'quit' : 'nothing';
  if (known.state !== 'quit') return 'nothing';
  if (now.length === 0) return 'start-later';
  const then = record.watched.find((one) => one.id === id)?.processes ?? [];
  return stillRuns(then, now) ? 'quit' : 'leave-to-person';
}

/** Whether one of a host's processes of then is among those of now. Pure. */
export function stillRuns(then: readonly ProcessMark[], now: readonly ProcessMark[]): boolean {
  return then.some((one) => now.some((other) => sameProcess(one, other)));
}

/** At the end: who is to be started again, and whose files go on being watched. Pure. */
export function restartsAtEnd(
  record: Rotation,
  hosts: ReadonlyMap<string, Plan['hosts'][number]>,
): Pick<Rotation, 'watched' | 'restarts'> {
  const changed = record.sites.filter(({ state }) => state === 'patched' || state === 'put-back');
  const touched = new Set(changed.flatMap(({ site }) => hostsOf(site)).map(({ id }) => id));
  const watched = record.watched.filter(({ id }) => touched.has(id));
  const wanted = [...touched].flatMap((id): Restart[] => {
    const host = hosts.get(id);
    if (!host || host.reload === 'by-itself' || record.restarts.some((one) => one.id === id)) return [];
    // Where processes can't be listed it may have run.
    if (host.running !== null && !watched.some((one) => one.id === id)) return [];
    const { name, reload, isDesktopApp } = host;
    return [{ id, name, reload, isDesktopApp, state: 'wanted', problem: null }];
  });
  return { watched, restarts: [...record.restarts, ...wanted] };
}
