import { linkOutside } from '../configs/obstacle.ts';
import { ConfigError, type Snapshot } from '../configs/snapshot.ts';
import type { ErrorView } from '../errors.ts';
import type { Machine } from '../machine.ts';
import type { BackupReason } from './backup.schema.ts';
import type { BackupStore } from './backup-store.ts';
import { BackupError } from './errors.ts';

type Keeper = Pick<BackupStore, 'keep' | 'discard'>;

/**
 * Replaces a file after its old version was kept, and removes the versions that are too many then.
 * @returns under which time it is kept.
 * @throws {BackupError} `backup-not-written`, and the file was not replaced; whatever `replace` throws.
 */
export async function replaceKept(
  backups: BackupStore,
  old: Snapshot,
  reason: BackupReason,
  replace: () => Promise<void>,
): Promise<string> {
  const at = await keepAndReplace(backups, old, reason, replace);
  await backups.prune(old.path).catch(() => {});
  return at;
}

/**
 * The same where the change can wait, and could not be undone without a backup: the error says that nothing was changed.
 * @throws {ConfigError} `file-link-outside`; as {@link replaceKept}.
 */
export async function replaceOnlyKept(
  { backups, machine }: { readonly backups: BackupStore; readonly machine: Machine },
  old: Snapshot,
  reason: BackupReason,
  replace: () => Promise<void>,
): Promise<string> {
  const outside = await linkOutside(old, machine.home);
  if (outside) throw outside;
  try {
    return await replaceKept(backups, old, reason, replace);
  } catch (error) {
    if (!(error instanceof BackupError)) throw error;
    throw new BackupError(error.code, `${error.message} Nothing was changed.`, `${error.wayOut} Then try again.`, {
      cause: error,
    });
  }
}

/**
 * The same where the change can't wait: without a backup too, and with the versions that are too many left for later.
 * @returns why there is none, or null.
 * @throws whatever `replace` throws.
 */
export async function replaceInAnyCase(
  backups: Keeper,
  old: Snapshot,
  reason: BackupReason,
  replace: () => Promise<void>,
): Promise<ErrorView | null> {
  try {
    await keepAndReplace(backups, old, reason, replace);
    return null;
  } catch (error) {
    if (!(error instanceof BackupError)) throw error;
    await replace();
    return error.view;
  }
}

async function keepAndReplace(
  backups: Keeper,
  old: Snapshot,
  reason: BackupReason,
  replace: () => Promise<void>,
): Promise<string> {
  const kept = await backups.keep(old, reason);
  try {
    await replace();
  } catch (error) {
    // Nothing was replaced, and the next try keeps another version: a host that writes all the time must not push the
    // older ones out. After other errors it may have been.
    if (error instanceof ConfigError && error.code === 'file-changed')
      await backups.discard(old.path, kept).catch(() => {});
    throw error;
  }
  return kept.at;
}
