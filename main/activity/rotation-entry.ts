import type { Rotation } from '../rotation/rotation.schema.ts';
import type { Activity, EndedRotation } from './activity.schema.ts';
import { byOf } from './by.ts';

/** What is noted, but for the time. */
export type Entry = Omit<Activity, 'at'>;

/** A rotation has ended, or ended anew when its sites were tried again. Pure. */
export function endedEntry(rotation: Rotation): Entry {
  const ended = endedRotation(rotation);
  return { ...about('rotation-ended', rotation, rotation.outcome), ...(ended && { rotation: ended }) };
}

/** The old key of a rotation is dead; the detail says who ended it. Pure. */
export function revokedEntry(rotation: Rotation): Entry {
  return about('old-key-revoked', rotation, rotation.revocation?.by ?? null);
}

/** A host has written the old key back, and Rekey the new one again. Pure. */
export function putBackEntry(rotation: Rotation, host: string): Entry {
  return about('key-put-back', rotation, host);
}

function about(kind: Activity['kind'], rotation: Rotation, detail: string | null): Entry {
  const { id, target, requester, approver } = rotation;
  return { kind, credential: target.name, rotationId: id, who: 'rekey', by: byOf(requester, approver), detail };
}

/** Null for one that has not ended. */
function endedRotation(rotation: Rotation): EndedRotation | null {
  const { id, requester, approver, way, strategy, startedAt, updatedAt, outcome, history } = rotation;
  if (outcome === null) return null;
  const { via, program, client } = requester;
  const { oldFingerprint, newFingerprint, revocation } = rotation;
  return {
    id,
    requester: { via, program, client },
    approver,
    provider: rotation.provider.id,
    way,
    strategy,
    startedAt,
    endedAt: history.findLast(({ step }) => step === 'ended')?.at ?? updatedAt,
    outcome,
    oldFingerprint,
    newFingerprint,
    sites: rotation.sites.map(({ site: { owner, file, server, line }, state, problem }) => {
      return { owner: owner.name, file, server, line, state, problem: problem?.code ?? null };
    }),
    restarts: rotation.restarts.map(({ name, state, problem }) => ({
      host: name,
      state,
      problem: problem?.code ?? null,
    })),
    revocation: revocation && { by: revocation.by, state: revocation.state, at: revocation.at },
  };
}
