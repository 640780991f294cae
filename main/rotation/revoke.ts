import { askService } from './ask-service.ts';
import { RotationError } from './errors.ts';
import { keysOf } from './keys.ts';
import { outcomeOf } from './outcome.ts';
import { accountOf, revokeKey } from './overlap-keys.ts';
import { patchEverywhere } from './patch-files.ts';
import { stillNeeded } from './revocation.ts';
import type { Revocation, Rotation } from './rotation.schema.ts';
import type { Run } from './run.ts';

/**
 * Has the old key revoked, unless it still stands somewhere. What keeps it from being revoked is noted: `held` until the
 * person has seen to it, or `due` once more after a while when only the service could not be asked.
 */
export async function tryToRevoke(run: Run): Promise<void> {
  const needed = stillNeeded(run.record);
  if (needed) return note(run, { state: 'held', problem: needed.view });
  const failure = await askToRevoke(run);
  if (!failure) return note(run, { state: 'revoked', problem: null });
  await note(run, { problem: failure.view });
}

/** A last look for the old key in the files, and its end. */
export async function lookAndRevoke(run: Run): Promise<void> {
  await patchEverywhere(run, await keysOf(run), 'put-back');
  await tryToRevoke(run);
}

/**
 * As {@link tryToRevoke}, because the person wants it now.
 * @param skipLeft files in which the old key still stands are left as they are.
 * @throws {RotationError} `not-revoked`, `old-key-alive`: the old key works on then.
 */
export async function revokeNow(run: Run, skipLeft: boolean): Promise<void> {
  await patchEverywhere(run, await keysOf(run), 'put-back');
  const needed = stillNeeded(run.record);
  if (needed && !skipLeft) throw needed;
  if (needed) await run.save(skipped(run.record));
  const failure = run.record.revocation?.by === 'person' ? await stillAlive(run) : await askToRevoke(run);
  if (failure) throw failure;
  await note(run, { state: 'revoked', problem: null });
}

function skipped(record: Rotation): Partial<Rotation> {
  const sites = record.sites.map((result) =>
    result.state === 'to-do' ? { ...result, state: 'skipped' as const } : result,
  );
  return { sites, ...outcomeOf({ ...record, sites }) };
}

async function note(run: Run, change: Partial<Revocation>): Promise<void> {
  const { revocation } = run.record;
  if (!revocation) return;
  await run.save({ revocation: { ...revocation, ...change } });
  if (change.state === 'revoked') run.parts.onRevoked(run.record);
}

/** Asks the service to revoke the old key, by its id. @returns why it did not. */
async function askToRevoke(run: Run): Promise<RotationError | null> {
  const { record, provider } = run;
  const account = await accountOf(run);
  if (!account || record.keyIds.old === null) return byHand(run);
  const failure = await revokeKey(account, record.keyIds.old);
  if (!failure) return null;
  return new RotationError(
    'not-revoked',
    `${provider.name} did not revoke the old key of “${record.target.name}” (${failure.reason}): it works on. The new key is in place.`,
    `Rekey asks again by itself; or revoke it at ${provider.keysPage}.`,
  );
}

function byHand({ provider, record }: Run): RotationError {
  return new RotationError(
    'not-revoked',
    `Rekey does not know the id of the old key of “${record.target.name}” at ${provider.name}, so it can’t revoke it: it works on.`,
    `Revoke it at ${provider.keysPage}.`,
  );
}

/** The person says that they have revoked it; the service may know better. */
async function stillAlive(run: Run): Promise<RotationError | null> {
  const { parts, provider, record, targetSubject } = run;
  const old = await parts.credentials.previousOf(record.target.id);
  if (!old || old.fingerprint !== record.oldFingerprint) return null;
  const reading = await askService(parts.send, provider, targetSubject, old, parts.delays.verifyTimeout);
  if (reading.state !== 'accepted') return null;
  return new RotationError(
    'old-key-alive',
    `${provider.name} still accepts the old key of “${record.target.name}”. Nothing was changed.`,
    `Revoke it at ${provider.keysPage}, then say so again. A service may need some seconds.`,
  );
}
