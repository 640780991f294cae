import type { BackupStore } from '../backups/backup-store.ts';
import { replaceOnlyKept } from '../backups/replace-kept.ts';
import { isSamePlace } from '../configs/destination.ts';
import { readSnapshot } from '../configs/snapshot.ts';
import { checkWritable, writePatched } from '../configs/write.ts';
import type { CredentialStore } from '../credentials/credential-store.ts';
import type { Secret } from '../credentials/secret.ts';
import type { Machine } from '../machine.ts';
import type { ProviderRegistry } from '../providers/registry.ts';
import { withRetries } from '../rotation/patch-files.ts';
import type { ConfigFile, Places } from '../rotation/places.ts';
import { providerFiles } from '../rotation/provider-files.ts';
import type { Redacted } from './clean-up.schema.ts';
import { fileNotListed, noEarlierKey } from './errors.ts';
import { redactBytes } from './redact-bytes.ts';

export interface CleanUpParts {
  readonly machine: Machine;
  readonly credentials: CredentialStore;
  readonly providers: ProviderRegistry;
  readonly places: Places;
  readonly backups: BackupStore;
}

/** What to redact. */
export interface Redaction {
  /** Absolute. */
  readonly file: string;
  /** By name or id. */
  readonly credential: string;
  /** The key of now too, not only the one before it. */
  readonly alsoCurrent: boolean;
}

/**
 * Takes a credential's earlier key out of a file wherever it stands outside of the places that a rotation changes: in
 * comments, in chats, in names. Under the host's lock, in one rename, after the version until now was kept.
 *
 * @throws {CleanUpError}, {ConfigError}, {BackupError}, {KeychainError}: the file is as it was then.
 */
export async function redactKey(parts: CleanUpParts, redaction: Redaction): Promise<Redacted> {
  const { id, name } = await parts.credentials.find(redaction.credential);
  const file = await listed(parts, redaction.file);
  const earlier = await parts.credentials.previousOf(id);
  if (!earlier && !redaction.alsoCurrent) throw noEarlierKey(name);
  const keys = [
    ...(earlier ? [earlier] : []),
    ...(redaction.alsoCurrent ? [await parts.credentials.secretOf(id)] : []),
  ];
  return withRetries(() => file.withLock(() => redactOnce(parts, file, name, keys)));
}

/** The file as its owner knows it. */
async function listed({ places, providers, machine }: CleanUpParts, path: string): Promise<ConfigFile> {
  const own = providers.all().flatMap((provider) => providerFiles(machine, provider));
  const files = [...(await places.files()).files, ...own];
  const named = files.find((file) => file.path === path);
  if (named) return named;
  for (const file of files) if (await isSamePlace(file.path, path)) return file;
  throw fileNotListed(path);
}

async function redactOnce(
  parts: CleanUpParts,
  file: ConfigFile,
  credential: string,
  keys: readonly Secret[],
): Promise<Redacted> {
  const snapshot = await readSnapshot(file.path);
  const redacted = redactBytes(snapshot.bytes, file, keys);
  if (!redacted) return { file: file.path, credential, places: 0, kept: null };
  await checkWritable(snapshot);
  const kept = await replaceOnlyKept(parts, snapshot, { kind: 'redaction', credential }, () =>
    writePatched(snapshot, redacted.bytes),
  );
  return { file: file.path, credential, places: redacted.places, kept };
}
