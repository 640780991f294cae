import type { BackupStore } from '../backups/backup-store.ts';
import type { CredentialStore } from '../credentials/credential-store.ts';
import type { Keychain } from '../credentials/keychain.ts';
import type { Machine } from '../machine.ts';
import type { Send } from '../providers/http.ts';
import type { ProviderRegistry } from '../providers/registry.ts';
import type { HostPrograms } from './host-programs.ts';
import type { Journal } from './journal.ts';
import type { Places } from './places.ts';
import type { Receipts } from './receipts.ts';
import type { Rotation } from './rotation.schema.ts';
import type { StartRecipes } from './start-recipes.ts';

/** Waiting times, in milliseconds, and how they are spent. */
export interface Delays {
  /** Limit of the one request that rotates. */
  readonly requestTimeout: number;
  /** Limit of one question about a key. */
  readonly verifyTimeout: number;
  /** Between two questions about a fresh key. */
  readonly verifyRetry: number;
  /** Before an accepted old key is asked about once more: some services take seconds to retire one. */
  readonly doubtRecheck: number;
  /** Before the files are looked at again. */
  readonly lookAgain: number;
  /** Limit for a host to end after it was asked to quit. */
  readonly quitTimeout: number;
  /** How long after the request an old key that is accepted may still be retired: a service or a gateway may be slow. */
  readonly doubtSettle: number;
  /** Before a service that could not be asked is asked again; doubled each time. */
  readonly retry: number;
  /** Between two glances at hosts that are still to be restarted. */
  readonly watch: number;
  /** The most of the time that is spent on looking into watched files, from 0 to 1: a look at a large one takes long. */
  readonly lookShare: number;
  /** Least time between two replacements of a key that a host writes back. */
  readonly putBack: number;
}

export const DELAYS: Delays = {
  requestTimeout: 60_000,
  verifyTimeout: 20_000,
  verifyRetry: 2_000,
  doubtRecheck: 3_000,
  doubtSettle: 30_000,
  retry: 15_000,
  lookAgain: 3_000,
  quitTimeout: 15_000,
  watch: 5_000,
  putBack: 5_000,
  lookShare: 0.05,
};

/** What rotations are built from. */
export interface RotationParts {
  readonly machine: Machine;
  readonly now: () => Date;
  readonly credentials: CredentialStore;
  readonly keychain: Keychain;
  readonly providers: ProviderRegistry;
  readonly send: Send;
  readonly places: Places;
  readonly programs: HostPrograms;
  readonly startRecipes: StartRecipes;
  readonly journal: Journal;
  readonly receipts: Receipts;
  readonly backups: BackupStore;
  readonly delays: Delays;
  readonly onChange: (rotation: Rotation) => void;
  readonly onEnd: (rotation: Rotation) => void;
  /** A host wrote the old key back, and it was replaced again. */
  readonly onPutBack: (rotation: Rotation, host: string) => void;
  /** The old key of an ended rotation was revoked. */
  readonly onRevoked: (rotation: Rotation) => void;
}
