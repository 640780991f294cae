import type { CredentialView, KeychainState } from '../../../../preload/contract.ts';
import type { Approval } from '../../../approvals/approval.schema.ts';
import type { Caller } from '../../../calls/caller.ts';
import type { Core } from '../../../calls/dispatch.ts';
import type { HostView } from '../../../hosts/host.schema.ts';
import type { Reminder } from '../../../reminders/reminder.schema.ts';
import type { Rotation } from '../../../rotation/rotation.schema.ts';

/** The tray as the core sees it. */
export const TRAY: Caller = { carrier: 'tray', program: 'Rekey', pid: process.pid, client: null };

/** How long after a rotation its hosts' restarts are still asked for, in milliseconds: a day. */
const REMINDED_FOR_MS = 24 * 60 * 60_000;

/** A running host that still holds a key from before a rotation. */
export interface RestartDue {
  readonly host: string;
  readonly reload: 'restart-server' | 'restart-host';
  readonly rotationId: string;
  readonly name: string;
}

/** All that the tray shows. */
export interface TrayState {
  readonly keychain: KeychainState['status'];
  readonly credentials: readonly CredentialView[];
  /** Requests that wait for the person. */
  readonly requests: readonly Approval[];
  readonly running: readonly Rotation[];
  /** Rotations that stand still until the person does something. */
  readonly stuck: readonly Rotation[];
  readonly restarts: readonly RestartDue[];
  /** What the person is reminded of. */
  readonly due: readonly Reminder[];
}

/** @throws whatever the core can't answer. */
export async function trayState(core: Core, now: () => Date): Promise<TrayState> {
  const [status, credentials, approvals, rotations, due] = await Promise.all([
    core.call('getStatus', {}, TRAY),
    core.call('listCredentials', {}, TRAY),
    core.call('listApprovals', {}, TRAY),
    core.call('listRotations', {}, TRAY),
    core.call('listReminders', {}, TRAY),
  ]);
  const recent = rotations.filter((rotation) => wantsRestart(rotation, now()));
  // Looking at every host's files takes a while: only where there is somebody to remind.
  const hosts = recent.length > 0 ? await core.call('listHosts', {}, TRAY) : [];
  const open = rotations.filter(({ step }) => step !== 'ended');
  return {
    keychain: status.keychain.status,
    credentials,
    requests: approvals.filter(({ state }) => state === 'waiting'),
    running: open.filter(({ waiting }) => waiting === null),
    stuck: open.filter(({ waiting }) => waiting !== null),
    restarts: restartsDue(recent, hosts),
    due,
  };
}

function wantsRestart({ step, restarts, updatedAt }: Rotation, now: Date): boolean {
  return (
    step === 'ended' &&
    restarts.some(({ state }) => state === 'wanted') &&
    now.getTime() - Date.parse(updatedAt) < REMINDED_FOR_MS
  );
}

/** One per host, by its newest rotation; a host that doesn't run will read the new key when it starts. */
export function restartsDue(rotations: readonly Rotation[], hosts: readonly HostView[]): RestartDue[] {
  const ended = new Set(hosts.filter(({ running }) => running === false).map(({ id }) => id));
  const due = new Map<string, RestartDue>();
  for (const rotation of rotations) {
    for (const { id, name, reload, state } of rotation.restarts) {
      if (state !== 'wanted' || due.has(id) || ended.has(id)) continue;
      due.set(id, { host: name, reload, rotationId: rotation.id, name: rotation.target.name });
    }
  }
  return [...due.values()];
}
