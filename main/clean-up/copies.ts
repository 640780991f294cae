import { lstat } from 'node:fs/promises';
import { replaceOnlyKept } from '../backups/replace-kept.ts';
import { holdsKey } from '../configs/outside.ts';
import { readSnapshot } from '../configs/snapshot.ts';
import { checkWritable, removeUnchanged, writePatched } from '../configs/write.ts';
import { withRetries } from '../rotation/patch-files.ts';
import type { DeletedCopy, PatchedCopy } from './clean-up.schema.ts';
import { CleanUpError, copyNotListed, noEarlierKey } from './errors.ts';
import { patchCopyBytes } from './patch-copy-bytes.ts';
import type { CleanUpParts } from './redact.ts';

/**
 * Puts a credential's new key in the place of its earlier one in a copy that a host has made, after the copy was kept.
 * @param path as the copy is listed.
 * @throws {CleanUpError}, {ConfigError}, {BackupError}, {KeychainError}: the copy is as it was then.
 */
export async function patchCopy(parts: CleanUpParts, path: string, ref: string): Promise<PatchedCopy> {
  const { id, name } = await parts.credentials.find(ref);
  await checkListed(parts, path);
  const old = await parts.credentials.previousOf(id);
  if (!old) throw noEarlierKey(name);
  const fresh = await parts.credentials.secretOf(id);
  return withRetries(async () => {
    const snapshot = await readSnapshot(path, { anyBytes: true });
    const patched = patchCopyBytes(snapshot.bytes, path, old, fresh);
    if (!patched) throw withoutKey(path, `no earlier key of “${name}”`);
    await checkWritable(snapshot);
    const kept = await replaceOnlyKept(parts, snapshot, { kind: 'copy-patch', credential: name }, () =>
      writePatched(snapshot, patched.bytes),
    );
    return { path, credential: name, places: patched.places, kept };
  });
}

/**
 * Deletes a copy that a host has made and that holds a key of a credential, after the copy was kept.
 * @param path as the copy is listed.
 * @throws {CleanUpError}, {ConfigError}, {BackupError}: the copy is there as it was then.
 */
export async function deleteCopy(parts: CleanUpParts, path: string): Promise<DeletedCopy> {
  await checkListed(parts, path);
  if ((await lstat(path)).isSymbolicLink()) {
    throw new CleanUpError(
      'copy-is-link',
      `${path} is a link: deleting it would leave the key where it leads to. Nothing was changed.`,
      'Delete by hand what it leads to, if nothing else needs it.',
    );
  }
  return withRetries(async () => {
    const snapshot = await readSnapshot(path, { anyBytes: true });
    if (!(await holdsAnyKey(parts, snapshot.bytes))) throw withoutKey(path, 'no key that Rekey holds');
    const kept = await replaceOnlyKept(parts, snapshot, { kind: 'copy-deletion' }, () => removeUnchanged(snapshot));
    return { path, kept };
  });
}

/** What isn't a copy now is never touched, whoever says that it is one. */
async function checkListed({ places }: CleanUpParts, path: string): Promise<void> {
  const copies = await places.copies();
  if (!copies.some((copy) => copy.path === path)) throw copyNotListed(path);
}

async function holdsAnyKey({ credentials }: CleanUpParts, bytes: Buffer): Promise<boolean> {
  for (const { id } of await credentials.list()) {
    for (const read of [credentials.secretOf(id), credentials.previousOf(id)]) {
      const key = await read.catch(() => null);
      if (key && holdsKey(bytes, key)) return true;
    }
  }
  return false;
}

function withoutKey(path: string, what: string): CleanUpError {
  return new CleanUpError(
    'copy-without-key',
    `${path} holds ${what}. Nothing was changed.`,
    'There is nothing to do there. If the keychain is locked, unlock it and look again.',
  );
}
