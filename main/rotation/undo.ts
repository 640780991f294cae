import type { Credential } from '../credentials/credential.schema.ts';
import { RotationError } from './errors.ts';
import type { RotationParts } from './parts.ts';
import type { Rotation } from './rotation.schema.ts';
import type { Run } from './run.ts';

/**
 * The rotation that is to be undone: the last one of this credential, whose old key still works.
 * @throws {RotationError} `undo-impossible`.
 */
export async function undoable(
  { journal, credentials }: Pick<RotationParts, 'journal' | 'credentials'>,
  credential: Credential,
  id: string,
): Promise<Rotation> {
  const rotation = await journal.get(id);
  const isIts = rotation?.target.id === credential.id;
  if (!isIts) throw impossible(credential, 'it is not a rotation of this key');
  if (rotation.newFingerprint !== credential.fingerprint)
    throw impossible(credential, 'the key was rotated again since');
  if (!rotation.offers.includes('undo')) throw impossible(credential, 'the old key does not work any more');
  const previous = await credentials.previousOf(credential.id);
  if (previous?.fingerprint === rotation.oldFingerprint) return rotation;
  throw impossible(credential, 'the keychain does not give the old key');
}

/** The old key as the new one: kept as pending, from where it goes on as after a request. */
export async function stageOldKey(run: Run): Promise<void> {
  const { parts, record } = run;
  const undone = record.undoes === null ? null : await parts.journal.get(record.undoes);
  const previous = await parts.credentials.previousOf(record.target.id);
  if (!undone || previous?.fingerprint !== undone.oldFingerprint) {
    throw new RotationError(
      'undo-impossible',
      `The keychain does not give the old key of “${record.target.name}”. Nothing was changed.`,
      'Unlock the keychain, then try again.',
    );
  }
  await parts.credentials.stage(record.id, { key: previous, companions: {}, replaces: await run.oldKey() });
  await run.reach('staged', {
    newFingerprint: previous.fingerprint,
    keyIds: { old: undone.keyIds.new, new: undone.keyIds.old },
    newSettings: undone.oldSettings,
    newKeySince: undone.oldKeySince,
  });
}

/** What was undone is over: its old key is the current one again. */
export async function noteUndone(run: Run): Promise<void> {
  const { journal, now, onChange } = run.parts;
  const undone = run.record.undoes === null ? null : await journal.get(run.record.undoes);
  if (!undone?.revocation || undone.revocation.state === 'undone') return;
  const revocation = { ...undone.revocation, state: 'undone', problem: null } as const;
  const record: Rotation = { ...undone, revocation, offers: [], updatedAt: now().toISOString() };
  await journal.write(record);
  onChange(record);
}

function impossible({ name }: Credential, why: string): RotationError {
  return new RotationError(
    'undo-impossible',
    `The rotation of “${name}” can’t be undone: ${why}. Nothing was changed.`,
    'Rotate the key instead.',
  );
}
