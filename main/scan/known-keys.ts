import { replacedKeys } from '../backups/dead-keys.ts';
import type { Credential } from '../credentials/credential.schema.ts';
import type { CredentialStore } from '../credentials/credential-store.ts';
import { publicPrefix } from '../credentials/mask.ts';
import type { Secret } from '../credentials/secret.ts';
import type { ProviderRegistry } from '../providers/registry.ts';
import type { Rotations } from '../rotation/rotations.ts';

/** Whose key it is. `isDead`: a rotation has replaced it. */
export interface KnownAs {
  readonly credential: string;
  readonly isDead: boolean;
}

/** A secret that Rekey holds: a key, the one before it, or a companion. */
export interface KnownKey extends KnownAs {
  readonly value: Secret;
  /** Its public beginning. */
  readonly prefix: string;
}

export interface KnownKeys {
  readonly keys: readonly KnownKey[];
  /**
   * The same by fingerprint, and those whose keys the keychain doesn't give (it is locked, or the key was replaced more
   * than once): a token that was found by its form is known again by this.
   */
  readonly byFingerprint: ReadonlyMap<string, KnownAs>;
}

interface Parts {
  readonly credentials: CredentialStore;
  readonly providers: ProviderRegistry;
  readonly rotations: Pick<Rotations, 'list'>;
}

/** All that Rekey knows of keys, those that it held once too. A locked keychain takes away what only it holds. */
export async function knownKeys({ credentials, providers, rotations }: Parts): Promise<KnownKeys> {
  const replaced = replacedKeys(await rotations.list());
  const keys: KnownKey[] = [];
  const byFingerprint = new Map<string, KnownAs>();
  for (const credential of await credentials.list()) {
    const { name, fingerprint } = credential;
    for (const dead of replaced.get(credential.id) ?? []) byFingerprint.set(dead, { credential: name, isDead: true });
    byFingerprint.set(fingerprint, { credential: name, isDead: false });
    const prefixes = providers.find(credential.provider)?.keyPrefixes ?? [];
    for (const { value, isDead } of await heldOf(credentials, credential)) {
      const known = { credential: name, isDead: isDead && value.fingerprint !== fingerprint };
      byFingerprint.set(value.fingerprint, known);
      keys.push({ ...known, value, prefix: publicPrefix(value, prefixes) });
    }
  }
  return { keys, byFingerprint };
}

async function heldOf(
  credentials: CredentialStore,
  { id, companions }: Credential,
): Promise<{ value: Secret; isDead: boolean }[]> {
  const held: { value: Secret; isDead: boolean }[] = [];
  const add = async (read: Promise<Secret | null>, isDead: boolean): Promise<void> => {
    const value = await read.catch(() => null);
    if (value) held.push({ value, isDead });
  };
  await add(credentials.secretOf(id), false);
  await add(credentials.previousOf(id), true);
  for (const companion of companions) await add(credentials.companionOf(id, companion), false);
  return held;
}
