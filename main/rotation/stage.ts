import { KeychainError } from '../credentials/keychain.ts';
import { RekeyError } from '../errors.ts';
import type { RotationReading } from '../providers/provider.ts';
import { endedByService } from './revocation.ts';
import type { Run } from './run.ts';

/**
 * Puts a new key into the keychain as pending and reads it back, before anything else is done with it.
 * @param by `pass` where the sealed answer would give the same again after a crash.
 */
export async function stage(
  run: Run,
  { key, companions, cooldown, keyId, settings, oldKeyWorksUntil }: Extract<RotationReading, { outcome: 'rotated' }>,
  by: 'reach' | 'pass' = 'reach',
): Promise<void> {
  const { credentials } = run.parts;
  const staged = await needKeychain(run, async () => {
    const pending = { key, companions, replaces: await run.oldKey() };
    await credentials.stage(run.record.id, pending);
    return pending;
  });
  if (!staged) return;
  run.memory.pending = staged;
  await run[by]('staged', {
    newFingerprint: key.fingerprint,
    keyIds: { ...run.record.keyIds, new: keyId ?? null },
    newSettings: { ...settings },
    revocation: oldKeyWorksUntil ? endedByService(oldKeyWorksUntil) : null,
    newCompanions: Object.keys(companions),
    cooldown: cooldown && { what: cooldown.what, until: cooldown.until.toISOString() },
  });
  run.answer = null;
}

/** What the keychain gives, or undefined when it can't be had now: the rotation then waits for it. */
export async function needKeychain<T>(run: Run, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RekeyError)) throw error;
    const where =
      run.answer && !run.answerOnDisk
        ? 'is in Rekey’s memory only: do not quit Rekey before it is stored'
        : 'lies sealed on disk and is not lost';
    await run.wait(error instanceof KeychainError ? 'keychain' : 'person', {
      code: error.code,
      message: `The service has answered, and what it sent can’t be kept: ${error.message} The answer ${where}.`,
      wayOut:
        error.code === 'keychain-locked'
          ? 'Unlock the keychain, then go on with the rotation.'
          : `${error.wayOut} Then go on with the rotation.`,
    });
    return undefined;
  }
}
