import { accountOf, listKeys, revokeKey } from './overlap-keys.ts';
import { keyName, type Run } from './run.ts';

/**
 * What became of a request for a second key whose answer did not come: `none` there is no such key · `removed` there was
 * one that nobody holds, found by its name and revoked · otherwise why that can't be told now, as a clause.
 */
export async function removeOrphan(run: Run): Promise<'none' | 'removed' | { readonly reason: string }> {
  const account = await accountOf(run);
  if (!account) return 'none';
  const listed = await listKeys(account);
  if ('reason' in listed) return listed;
  const orphans = listed.filter(({ name }) => name === keyName(run.record));
  for (const { id } of orphans) {
    const failure = await revokeKey(account, id);
    if (failure) return failure;
  }
  return orphans.length > 0 ? 'removed' : 'none';
}

/** The id of the key that this rotation has made, by its name: the answer may have come without it. */
export async function idOfNewKey(run: Run): Promise<string | null> {
  const account = await accountOf(run);
  const listed = account ? await listKeys(account) : [];
  if ('reason' in listed) return null;
  return listed.find(({ name }) => name === keyName(run.record))?.id ?? null;
}
