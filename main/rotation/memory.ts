import type { NewKey } from '../credentials/pending-key.ts';
import type { Secret } from '../credentials/secret.ts';
import type { ConfigFile } from './places.ts';
import type { Running } from './restarts.ts';

/** The old key to look for, the new one and its companions. */
export interface Keys {
  readonly old: Secret | null;
  readonly fresh: Secret;
  readonly companions: ReadonlyMap<string, Secret>;
}

/** What is found out for the files while the keychain takes the new key. */
export interface LookedAhead {
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
  fresh: NewKey | null;
  /** What is to be replaced by what. */
  keys: Keys | null;
  ahead: LookedAhead | null;
  /** When the last file was changed, and no host had been started again yet. */
  patchedAt: Date | null;
}

export function emptyMemory(): Memory {
  return { asked: null, fresh: null, keys: null, ahead: null, patchedAt: null };
}
