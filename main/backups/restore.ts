import { createFile, makeFolderFor } from '../configs/create.ts';
import { destinationOf } from '../configs/destination.ts';
import { ConfigError, readSnapshot, type Snapshot } from '../configs/snapshot.ts';
import { checkWritable, writePatched } from '../configs/write.ts';
import type { Machine } from '../machine.ts';
import { withRetries } from '../rotation/patch-files.ts';
import type { ConfigFile, Places } from '../rotation/places.ts';
import { providerFiles } from '../rotation/provider-files.ts';
import type { BackupHeader, Restored } from './backup.schema.ts';
import type { BackupStore } from './backup-store.ts';
import { chooseVersion } from './choose-version.ts';
import { type KeyParts, type Renewed, unchanged, withCurrentKeys } from './current-keys.ts';
import { replaceOnlyKept } from './replace-kept.ts';

export interface RestoreParts extends KeyParts {
  readonly machine: Machine;
  readonly places: Places;
  readonly backups: BackupStore;
}

/** What to restore. */
export interface Wish {
  /** Absolute. */
  readonly file: string;
  /** See {@link chooseVersion}. */
  readonly at: string | undefined;
  /** With the keys of then, dead ones too. */
  readonly asItWas: boolean;
}

/** One version, opened. */
interface Version {
  readonly header: BackupHeader;
  readonly bytes: Buffer;
}

/**
 * Puts an earlier version of a file in its place, under the host's lock and in one rename. The present version is kept
 * first, so that the restore can be undone; mode, owner and links are those of now, where there is a file now.
 *
 * @throws {BackupError}, {ConfigError}, {KeychainError}: the file is as it was then.
 */
export async function restore(parts: RestoreParts, { file, at, asItWas }: Wish): Promise<Restored> {
  const path = await parts.backups.pathOf(file);
  const versions = path === null ? [] : (await parts.backups.list(path)).backups;
  const chosen = chooseVersion(file, versions, at);
  const version = await parts.backups.open(chosen.file, chosen.at);
  const host = await hostOf(parts, chosen.file);
  await makeFolderFor(chosen.file, await destinationOf(chosen.file));
  const withLock: ConfigFile['withLock'] = host ? (work) => host.withLock(work) : (work) => work();
  return withRetries(() => withLock(() => replace(parts, version, host, asItWas)));
}

/** The file as its host knows it; null when no host of the catalogue has it any more. */
async function hostOf({ places, providers, machine }: RestoreParts, path: string): Promise<ConfigFile | null> {
  const known = [...(await places.known()), ...providers.all().flatMap((one) => providerFiles(machine, one))];
  return known.find((file) => file.path === path) ?? null;
}

async function replace(
  parts: RestoreParts,
  version: Version,
  host: ConfigFile | null,
  asItWas: boolean,
): Promise<Restored> {
  const { path, at } = version.header;
  // The keys are asked for after the file is read: of a rotation in between, one of the two is noticed.
  const present = await presentAt(path);
  const { bytes, ...outcome } = await renewed(parts, version, host, asItWas);
  const restored = { file: path, at, changed: true, replaced: null, ...outcome };
  if (present?.bytes.equals(bytes)) return { ...restored, changed: false };
  if (present) return { ...restored, replaced: await overwrite(parts, present, bytes) };
  await createFile(await asBackThen(version.header, bytes));
  return restored;
}

async function renewed(
  parts: RestoreParts,
  { bytes }: Version,
  host: ConfigFile | null,
  asItWas: boolean,
): Promise<Renewed> {
  if (asItWas) return unchanged(bytes, 'as-it-was');
  return host ? withCurrentKeys(parts, host, bytes) : unchanged(bytes, 'no-host');
}

/** Null when nothing is there, or a link to nothing. */
async function presentAt(path: string): Promise<Snapshot | null> {
  try {
    return await readSnapshot(path, { anyBytes: true });
  } catch (error) {
    if (error instanceof ConfigError && (error.code === 'file-missing' || error.code === 'file-link-broken'))
      return null;
    throw error;
  }
}

async function overwrite(parts: RestoreParts, present: Snapshot, bytes: Buffer): Promise<string> {
  await checkWritable(present);
  return replaceOnlyKept(parts, present, { kind: 'restore' }, () => writePatched(present, bytes));
}

/** A file that is gone, as it is to come back. */
async function asBackThen({ path, sha256, mode, uid, gid }: BackupHeader, bytes: Buffer): Promise<Snapshot> {
  return { path, target: await destinationOf(path), bytes, hash: sha256, mode, uid, gid };
}
