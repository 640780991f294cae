import type { Snapshot } from '../configs/snapshot.ts';
import type { PendingKey } from '../credentials/pending-key.ts';
import type { Secret } from '../credentials/secret.ts';
import type { ConfigFile } from './places.ts';
import type { PlannedSite } from './plan.schema.ts';
import type { Running } from './restarts.ts';

/** The old key to look for, the new one and its companions. */
export interface Keys {
  readonly old: Secret | null;
  readonly fresh: Secret;
  readonly companions: ReadonlyMap<string, Secret>;
}

/** One version of a file with the new key in it. */
export interface Rekeyed {
  readonly bytes: Buffer;
  /** The sites that were replaced, as a person sees them. */
  readonly sites: readonly PlannedSite[];
}

/** A file as it was read, and as it is to become. */
export interface Prepared {
  readonly snapshot: Snapshot;
  readonly rekeyed: Rekeyed;
}

/** What is found out for the files while the service has the request. */
export interface LookedAhead {
  /** In milliseconds since 1970. */
  readonly at: number;
  readonly running: Promise<Running>;
  readonly files: Promise<readonly ConfigFile[]>;
}

/**
 * What a rotation has just read or written, so that it isn't read again at each step. All of it is in the keychain and on
 * the disk too, and a rotation that waits, or is taken up after a crash, takes it from there.
 */
export interface Memory {
  /** The key that asked the service. */
  asked: Secret | null;
  /** As it was read back from the keychain. */
  pending: PendingKey | null;
  /** What is to be replaced by what. */
  keys: Keys | null;
  ahead: LookedAhead | null;
  /** New versions of the files in which the plan has sites, by path; each is used once. */
  prepared: Promise<Map<string, Prepared>> | null;
  /** When the last file was changed, and no host had been started again yet. */
  patchedAt: Date | null;
}

export function emptyMemory(): Memory {
  return { asked: null, pending: null, keys: null, ahead: null, prepared: null, patchedAt: null };
}
