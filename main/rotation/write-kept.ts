import pMap from 'p-map';
import type { BackupReason } from '../backups/backup.schema.ts';
import type { BackupStore } from '../backups/backup-store.ts';
import { replaceInAnyCase } from '../backups/replace-kept.ts';
import type { Snapshot } from '../configs/snapshot.ts';
import type { ErrorView } from '../errors.ts';
import type { Run } from './run.ts';
import { AT_ONCE } from './survey.ts';

/** Has the keychain asked for what is needed to keep any file. @returns what keeps them. */
export function beginToKeep(run: Run): BackupStore['keep'] {
  run.keep ??= run.parts.backups.keeper();
  return run.keep;
}

/**
 * Keeps a file that is to be replaced later, so that nothing but that is left to do when the old key is dead. What can't
 * be kept now is tried again then. Where nothing comes of the rotation the version stays: the next one is the same, and
 * no version is stored twice.
 */
export async function keepAhead(run: Run, old: Snapshot): Promise<void> {
  try {
    await beginToKeep(run)(old, reasonOf(run));
    run.kept.set(old.path, old.hash);
  } catch {
    // Told by `writeKept`, if it is still so.
  }
}

/**
 * Replaces a file after its old version was kept. The old key is dead by now, so a backup that can't be made keeps
 * the new one from no place. What a host has written back is not kept again: a host that does so over and over would push
 * the versions out that somebody may want.
 * @returns why there is no backup, or null.
 */
export async function writeKept(run: Run, old: Snapshot, replace: () => Promise<void>): Promise<ErrorView | null> {
  const isPutBack = run.record.sites.some(
    ({ site, state }) => site.file === old.path && (state === 'patched' || state === 'put-back'),
  );
  if (!isPutBack && run.kept.get(old.path) !== old.hash) {
    const backups = { keep: beginToKeep(run), discard: run.parts.backups.discard.bind(run.parts.backups) };
    return replaceInAnyCase(backups, old, reasonOf(run), replace);
  }
  await replace();
  return null;
}

/** Removes the versions that are too many now that the files were replaced. What can't be removed now goes later. */
export async function pruneKept({ parts, record }: Run): Promise<void> {
  const files = new Set(record.sites.flatMap(({ site, state }) => (state === 'patched' ? [site.file] : [])));
  await pMap(files, (file) => parts.backups.prune(file).catch(() => {}), AT_ONCE);
}

function reasonOf({ record }: Run): BackupReason {
  return { kind: 'rotation', credential: record.target.name, rotationId: record.id };
}
