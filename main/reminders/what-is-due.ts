import type { Credential, RotateEveryDays } from '../credentials/credential.schema.ts';
import type { Rotation } from '../rotation/rotation.schema.ts';
import { dueOf } from './due.ts';
import type { Reminder } from './reminder.schema.ts';

const DAY_MS = 24 * 60 * 60_000;

interface Things {
  readonly credentials: readonly Credential[];
  readonly rotations: readonly Rotation[];
  /** What the settings say. */
  readonly everyDays: RotateEveryDays;
  readonly providerName: (id: string) => string;
}

/** Everything that is due now, the longest due first. Pure. */
export function whatIsDue(things: Things, now: Date): Reminder[] {
  return [...keysDue(things, now), ...oldKeysDue(things, now)].sort((a, b) => a.dueAt.localeCompare(b.dueAt));
}

function keysDue({ credentials, rotations, everyDays, providerName }: Things, now: Date): Reminder[] {
  // Whoever rotates a key just now needs no word about it.
  const rotating = new Set(rotations.filter(({ step }) => step !== 'ended').map(({ target }) => target.id));
  return credentials.flatMap((credential) => {
    const { id, name, provider } = credential;
    const { age, dueAt, due } = dueOf(credential, everyDays, now);
    if (!due || dueAt === null || rotating.has(id)) return [];
    return [
      {
        kind: 'rotation',
        credential: { id, name },
        provider: { id: provider, name: providerName(provider) },
        age,
        dueAt,
        rotationId: null,
      },
    ];
  });
}

function oldKeysDue({ credentials, rotations, everyDays }: Things, now: Date): Reminder[] {
  return rotations.flatMap((rotation) => {
    const credential = credentials.find(({ id }) => id === rotation.target.id);
    const since = credential ? leftToPersonSince(rotation) : null;
    if (!credential || since === null || since > now.getTime()) return [];
    return [
      {
        kind: 'old-key',
        credential: { id: credential.id, name: credential.name },
        provider: rotation.provider,
        age: dueOf(credential, everyDays, now).age,
        dueAt: new Date(since).toISOString(),
        rotationId: rotation.id,
      },
    ];
  });
}

/**
 * Since when the person has been awaited to end an old key: they are the one to revoke it, or Rekey could not. The page
 * tells it as the rotation ends, so that a reminder has a day's time.
 */
function leftToPersonSince({ step, revocation, history, updatedAt }: Rotation): number | null {
  if (step !== 'ended' || !revocation) return null;
  const byPerson = revocation.by === 'person' && revocation.state === 'due';
  if (!byPerson && revocation.state !== 'held') return null;
  const ended = history.findLast((entry) => entry.step === 'ended')?.at ?? updatedAt;
  return Date.parse(revocation.at ?? ended) + DAY_MS;
}
