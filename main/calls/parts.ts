import type { AnyEvent, Settings } from '../../preload/contract.ts';
import type { ActivityLog } from '../activity/activity-log.ts';
import type { Approvals } from '../approvals/approvals.ts';
import type { BackupStore } from '../backups/backup-store.ts';
import type { ChosenKeychain } from '../credentials/chosen-keychain.ts';
import type { CredentialStore } from '../credentials/credential-store.ts';
import type { Secret } from '../credentials/secret.ts';
import type { ErrorView } from '../errors.ts';
import type { HostView } from '../hosts/host.schema.ts';
import type { Machine } from '../machine.ts';
import type { Practice } from '../practice/practice.ts';
import type { ServiceFolder } from '../providers/described/service-folder.ts';
import type { Send } from '../providers/http.ts';
import type { ProviderRegistry } from '../providers/registry.ts';
import type { Reminders } from '../reminders/reminders.ts';
import type { Places } from '../rotation/places.ts';
import type { Rotations } from '../rotation/rotations.ts';
import type { JsonFile } from '../storage/json-file.ts';

/** Where a copied key goes: the shell's clipboard, kept out of clipboard histories where the platform can. */
export interface Clipboard {
  /** @returns seconds until it is cleared, if it still holds this key then. */
  copySecret(secret: Secret): Promise<number>;
}

/** What the handlers of the contract's calls are made from. */
export interface CallParts {
  readonly machine: Machine;
  readonly version: string;
  readonly shell: 'electron' | 'browser';
  /** Whether the app's own confirmation window is there. */
  readonly desktop: boolean;
  readonly dataFolder: string;
  readonly now: () => Date;
  readonly settings: JsonFile<Settings>;
  readonly keychain: KeychainControl;
  readonly credentials: CredentialStore;
  readonly providers: ProviderRegistry;
  readonly services: ServiceFolder;
  readonly send: Send;
  readonly verifyTimeoutMs: number;
  readonly rotations: Rotations;
  readonly backups: BackupStore;
  readonly places: Places;
  readonly approvals: Approvals;
  readonly activity: ActivityLog;
  readonly reminders: Reminders;
  readonly practice: Practice;
  readonly clipboard: Clipboard | null;
  /** Brings the app before the person; false where that can't be done. */
  readonly show: () => Promise<boolean>;
  readonly reportHosts: () => Promise<HostView[]>;
  readonly notices: readonly ErrorView[];
  readonly emit: (event: AnyEvent) => void;
}

/** The keychain as the person chooses and unlocks it. */
export type KeychainControl = Pick<ChosenKeychain, 'state' | 'choose' | 'unlock'>;
