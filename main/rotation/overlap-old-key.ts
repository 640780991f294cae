import type { Secret } from '../credentials/secret.ts';
import type { ListedKey } from '../providers/provider.ts';
import { RotationError } from './errors.ts';
import { accountOf, listKeys, type NotDone, revokeKey } from './overlap-keys.ts';
import type { Rotation } from './rotation.schema.ts';
import { keyName, type Run } from './run.ts';

/**
 * Which of the account's keys is the one that is to be revoked at the end; null where the strategy isn't `overlap`.
 * Keys that earlier rotations have left behind at the service are revoked on the way.
 *
 * @param key that asks.
 * @throws {RotationError} `service-unreachable`, `old-key-unknown`: a second key of which nobody could say later which
 * one is to be revoked would be no help.
 */
export async function findOldKey(run: Run, key: Secret): Promise<ListedKey | null> {
  const { provider, targetSubject, record, parts } = run;
  const account = await accountOf(run);
  if (!account || !provider.overlap) return null;
  const listed = await listKeys({ ...account, key });
  if ('reason' in listed) throw unlisted(run, listed);
  const orphans = await orphansOf(run, listed);
  for (const { id } of orphans) await revokeKey({ ...account, key }, id);
  const left = listed.filter((one) => !orphans.includes(one));
  const old = await parts.credentials.secretOf(record.target.id);
  const id = provider.overlap.idOf(targetSubject, old, left);
  const found = left.find((one) => one.id === id);
  if (found) return found;
  throw new RotationError(
    'old-key-unknown',
    `${provider.name} lists ${left.length} keys, and Rekey can’t tell which of them is “${record.target.name}”, so it could not revoke it later. Nothing was sent or changed.`,
    provider.overlap.idHint,
  );
}

/** Keys that this key's earlier rotations have made at the service, without ever getting them. */
async function orphansOf({ parts, record }: Run, listed: readonly ListedKey[]): Promise<ListedKey[]> {
  const earlier = await parts.journal.list();
  const names = new Set(earlier.filter((one) => hasNoKey(one, record)).map(keyName));
  return listed.filter(({ name }) => names.has(name));
}

function hasNoKey(one: Rotation, { id, target }: Rotation): boolean {
  return one.id !== id && one.target.id === target.id && one.step === 'ended' && one.newFingerprint === null;
}

function unlisted({ provider }: Run, { reason }: NotDone): RotationError {
  return new RotationError(
    'service-unreachable',
    `${provider.name} did not give the list of the account’s keys (${reason}), which tells which one is to be revoked. Nothing was sent or changed.`,
    'Check that the key may list keys, and the connection; then rotate again.',
  );
}
