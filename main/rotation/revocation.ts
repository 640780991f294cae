import { RotationError } from './errors.ts';
import { unseenFiles } from './outcome.ts';
import type { Revocation, Rotation } from './rotation.schema.ts';

const MINUTE_MS = 60_000;

/** A service that lets the old key work on ends it by itself. */
export function endedByService(at: Date): Revocation {
  return { by: 'service', state: 'due', at: at.toISOString(), problem: null };
}

/**
 * What is to become of the old key when everything else is done; null where it is dead already. Pure.
 * @param undone what became of the old key of the rotation that this one undoes.
 */
export function revocationAfter(record: Rotation, undone: Revocation | null, now: Date): Revocation | null {
  if (record.revocation) return record.revocation;
  if (record.oldFingerprint === null) return null;
  const byPerson = { by: 'person', state: 'due', at: null, problem: null } as const;
  if (record.way === 'by-hand') return byPerson;
  if (record.way === 'undo') return undone?.by === 'rekey' ? dueAt(now) : byPerson;
  if (record.strategy !== 'overlap') return null;
  return dueAt(new Date(now.getTime() + (record.graceMinutes ?? 0) * MINUTE_MS));
}

function dueAt(at: Date): Revocation {
  return { by: 'rekey', state: 'due', at: at.toISOString(), problem: null };
}

/** Whether Rekey's own request is due. Pure. */
export function isDue({ revocation }: Pick<Rotation, 'revocation'>, now: Date): boolean {
  return revocation?.by === 'rekey' && revocation.state === 'due' && isOver(revocation, now);
}

/** Whether the service has ended the old key by now. Pure. */
export function hasExpired({ revocation }: Pick<Rotation, 'revocation'>, now: Date): boolean {
  return revocation?.by === 'service' && revocation.state === 'due' && isOver(revocation, now);
}

function isOver({ at }: Revocation, now: Date): boolean {
  return at !== null && Date.parse(at) <= now.getTime();
}

/** Why the old key must not be revoked yet: it still stands in files that the person has not left as they are. Pure. */
export function stillNeeded(record: Rotation): RotationError | null {
  const files = new Set([
    ...record.sites.filter(({ state }) => state === 'to-do' || state === 'pending').map(({ site }) => site.file),
    ...unseenFiles(record),
  ]);
  if (files.size === 0) return null;
  return new RotationError(
    'not-revoked',
    `The old key of “${record.target.name}” was not revoked: it stands, or may stand, in ${[...files].join(', ')}.`,
    'See to what is left to do and try again, or have it revoked all the same: whatever reads these files stops working then.',
  );
}

/** Whether a rotation of this credential has left an old key to Rekey to revoke. Pure. */
export function leavesOldKey({ step, revocation, target }: Rotation, credentialId: string | null): boolean {
  const isLeft = revocation?.by === 'rekey' && (revocation.state === 'due' || revocation.state === 'held');
  return step === 'ended' && isLeft && target.id === credentialId;
}
