import { z } from 'zod';
import { ActivityEntrySchema } from '../main/activity/activity.schema.ts';
import { ApprovalSchema } from '../main/approvals/approval.schema.ts';
import { ApprovedBatchSchema, BatchSchema, LARGEST_BATCH } from '../main/approvals/batch.schema.ts';
import { BackupListSchema, RestoredSchema } from '../main/backups/backup.schema.ts';
import { DeletedCopySchema, PatchedCopySchema, RedactedSchema } from '../main/clean-up/clean-up.schema.ts';
import { ConnectionChangeSchema, ConnectionSchema } from '../main/connect/connect.schema.ts';
import {
  CredentialNameSchema,
  CredentialSchema,
  RotateEveryDaysSchema,
  VerificationStateSchema,
} from '../main/credentials/credential.schema.ts';
import { DesktopSchema } from '../main/desktop/desktop.schema.ts';
import { ErrorViewSchema } from '../main/errors.schema.ts';
import { HostViewSchema } from '../main/hosts/host.schema.ts';
import { PracticeViewSchema, TroubleSchema } from '../main/practice/practice.schema.ts';
import {
  ServiceCheckSchema,
  ServiceDraftSchema,
  ServiceListSchema,
  ServiceViewSchema,
} from '../main/providers/described/service.schema.ts';
import { ProviderViewSchema } from '../main/providers/provider.schema.ts';
import { ReminderSchema } from '../main/reminders/reminder.schema.ts';
import { PlanSchema } from '../main/rotation/plan.schema.ts';
import { RotationSchema } from '../main/rotation/rotation.schema.ts';
import { ScanSchema } from '../main/scan/scan.schema.ts';
import { LanguageChoiceSchema } from './language.ts';

/**
 * Everything that a page, the command line and the tray can ask of the core, and everything that the core tells them.
 * Three carriers with one meaning: Electron IPC, loopback HTTP + server-sent events, the local socket. A call without
 * handler doesn't compile (see `main/calls/handlers.ts`), and no answer holds a secret.
 */
const Nothing = z.strictObject({});
/** A credential by its name or its id. */
const CredentialRef = z.string().min(1).max(100);
/** An absolute path. */
const FileRef = z.string().min(1).max(10_000);
/** Id of a host. */
const HostRef = z.string().min(1).max(100);
const AgentId = z.string().trim().min(1).max(200);

/** A person's yes to exactly the plan that they saw, with their choices. */
const Confirmation = z.object({
  /** Of the approval. */
  id: z.string(),
  planHash: z.string(),
  /** Ids of desktop apps of the plan that run now: Rekey quits them, and starts them again when their files are done. */
  restartHosts: z.array(z.string()).max(100).optional(),
  /** One of the plan's `grace.choices`; its default when left out. */
  graceMinutes: z.number().int().nonnegative().optional(),
});

export const KeychainStateSchema = z.object({
  /** Null until the person has chosen where there is no OS keychain. */
  kind: z.enum(['os', 'file', 'memory']).nullable(),
  /** `locked`: the person must unlock it; `absent`: there is none, and `file` can be chosen. */
  status: z.enum(['ready', 'locked', 'absent', 'failed']),
  problem: ErrorViewSchema.nullable(),
});
export type KeychainState = z.infer<typeof KeychainStateSchema>;

export const CredentialViewSchema = CredentialSchema.extend({
  providerName: z.string(),
  /** Shown in place of the key: the provider's public prefix, dots and the fingerprint. */
  masked: z.string(),
  state: z.enum(['ok', 'rotating', 'needs-you', 'locked']),
  /** The rotation that runs or waits, or the last one. */
  rotationId: z.string().nullable(),
  /** Whole days since the key is the one it is. */
  age: z.number().int().nonnegative(),
  /** When it is to be rotated; null where nobody is reminded of it. */
  dueAt: z.iso.datetime().nullable(),
  due: z.boolean(),
});
export type CredentialView = z.infer<typeof CredentialViewSchema>;

export const SettingsSchema = z.object({
  /** Whether `--confirm rotate-now` may stand for a person where there is no desktop. */
  allowScriptedConfirmation: z.boolean(),
  /** Folders whose project files (`.mcp.json`, `.cursor/mcp.json`, ...) are looked at too. Absolute paths, each once. */
  projectFolders: z.array(z.string()),
  /** After how many days a key is to be rotated; 0: nobody is reminded. A credential can have a choice of its own. */
  rotateEveryDays: RotateEveryDaysSchema,
  /** Of the pages, windows, tray and notifications. The command line and answers to agents are always in English. */
  language: LanguageChoiceSchema,
  /** The person has seen the first run to its end, or skipped it. */
  welcomed: z.boolean(),
});
export type Settings = z.infer<typeof SettingsSchema>;

export const calls = {
  getStatus: {
    input: Nothing,
    output: z.object({
      version: z.string(),
      /** Id of the app's process. */
      pid: z.number().int(),
      shell: z.enum(['electron', 'browser']),
      platform: z.enum(['darwin', 'linux', 'win32']),
      dataFolder: z.string(),
      keychain: KeychainStateSchema,
      /** Things that the person should know, such as a file that was moved aside. */
      notices: z.array(ErrorViewSchema),
    }),
  },
  /** Brings the app before the person: its window, or its page in their browser. `shown` is false where neither can be opened. */
  show: { input: Nothing, output: z.object({ shown: z.boolean() }) },
  getSettings: { input: Nothing, output: SettingsSchema },
  changeSettings: { input: SettingsSchema.partial(), output: SettingsSchema },
  chooseKeychain: {
    /** `file` needs the passphrase that will encrypt it; at least 8 characters. */
    input: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('os') }),
      z.object({ kind: z.literal('file'), passphrase: z.string().min(8).max(1_000) }),
    ]),
    output: KeychainStateSchema,
  },
  unlockKeychain: { input: z.object({ passphrase: z.string().max(1_000).optional() }), output: KeychainStateSchema },

  getDesktop: { input: Nothing, output: DesktopSchema },
  setStartAtLogin: { input: z.strictObject({ on: z.boolean() }), output: DesktopSchema },
  /** Whether Rekey asks for newer versions by itself. */
  setUpdateChecks: { input: z.strictObject({ on: z.boolean() }), output: DesktopSchema },
  checkForUpdate: { input: Nothing, output: DesktopSchema },
  /** Begins it; how it goes on is told by events. */
  downloadUpdate: { input: Nothing, output: DesktopSchema },
  /** Ends Rekey and starts the newer one: refused in the middle of a rotation. */
  installUpdate: { input: Nothing, output: DesktopSchema },
  /** The last crash to the clipboard, as text for a report. */
  copyCrashNote: { input: Nothing, output: DesktopSchema },
  dismissCrashNote: { input: Nothing, output: DesktopSchema },

  listProviders: { input: Nothing, output: z.array(ProviderViewSchema) },
  /** The services that the person has described, and examples of descriptions. */
  listServices: { input: Nothing, output: ServiceListSchema },
  /** What would come of a description. Changes nothing. */
  checkService: { input: z.strictObject({ draft: ServiceDraftSchema }), output: ServiceCheckSchema },
  /** Keeps a description; from then on the service is one like any other. */
  saveService: {
    input: z.strictObject({
      draft: ServiceDraftSchema,
      /** It may take the place of a described service with the same id. */
      replace: z.boolean().optional(),
    }),
    output: ServiceViewSchema,
  },
  /** Deletes a description that no key needs. */
  removeService: { input: z.strictObject({ id: z.string().max(100) }), output: z.object({ removed: z.string() }) },
  listCredentials: { input: Nothing, output: z.array(CredentialViewSchema) },
  addCredential: {
    input: z.object({
      name: CredentialNameSchema,
      provider: z.string(),
      /** The one secret that ever travels into the core from a page or a terminal. */
      key: z.string().min(1).max(10_000),
      baseUrl: z.string().optional(),
      settings: z.record(z.string(), z.string()).optional(),
      /** Keep a key that the service refuses. */
      evenIfRefused: z.boolean().optional(),
    }),
    output: CredentialViewSchema,
  },
  removeCredential: { input: z.object({ credential: CredentialRef }), output: z.object({ removed: z.string() }) },
  verifyCredential: {
    input: z.object({ credential: CredentialRef }),
    output: z.object({
      credential: CredentialViewSchema,
      state: VerificationStateSchema,
      account: z.string().nullable(),
      reason: z.string().nullable(),
    }),
  },
  copyKey: {
    input: z.object({ credential: CredentialRef }),
    output: z.object({ clearedAfterSeconds: z.number().int() }),
  },

  /** What is due now and was not put off, the longest due first. */
  listReminders: { input: Nothing, output: z.array(ReminderSchema) },
  /** After how many days this key is to be rotated; 0: nobody is reminded; null: as the settings say. */
  setReminder: {
    input: z.object({ credential: CredentialRef, everyDays: RotateEveryDaysSchema.nullable() }),
    output: CredentialViewSchema,
  },
  /** Puts what is due of this credential off for a week. */
  snoozeReminder: { input: z.object({ credential: CredentialRef }), output: z.object({ credential: z.string() }) },

  listHosts: { input: Nothing, output: z.array(HostViewSchema) },
  /** Which hosts start Rekey's own MCP server. */
  listConnections: { input: Nothing, output: z.array(ConnectionSchema) },
  /** What connecting a host with Rekey, or disconnecting it, would do to its file. Changes nothing. */
  planConnection: { input: z.strictObject({ host: HostRef, connect: z.boolean() }), output: ConnectionChangeSchema },
  /** Does what {@link planConnection} has told; `hash` is the plan's. */
  changeConnection: {
    input: z.strictObject({ host: HostRef, connect: z.boolean(), hash: z.string().max(100) }),
    output: ConnectionChangeSchema,
  },

  /** Earlier versions of all files, or of one. */
  listBackups: { input: z.object({ file: FileRef.optional() }), output: BackupListSchema },
  /** Puts an earlier version of a file in its place, with the keys of now unless `asItWas`. */
  restoreBackup: {
    input: z.object({
      file: FileRef,
      /** The newest version not after it: a time as listed, its beginning, or any later moment. The newest of all when left out. */
      at: z.string().max(100).optional(),
      asItWas: z.boolean().optional(),
    }),
    output: RestoredSchema,
  },

  /** Keys that stand in plain text in the files of hosts and services, known or not. Changes nothing. */
  scanFiles: { input: Nothing, output: ScanSchema },
  /** Keeps a key that {@link scanFiles} has found, as `addCredential` does. The key itself stays in the core. */
  takeIn: {
    input: z.object({
      /** Its id. */
      finding: z.string().min(1).max(100),
      name: CredentialNameSchema,
      provider: z.string(),
      baseUrl: z.string().optional(),
      settings: z.record(z.string(), z.string()).optional(),
      evenIfRefused: z.boolean().optional(),
    }),
    output: CredentialViewSchema,
  },
  /** Takes a credential's earlier key out of a file where it stands outside of the places that a rotation changes. */
  redactKey: {
    input: z.object({
      file: FileRef,
      credential: CredentialRef,
      /** The key of now too. */
      alsoCurrent: z.boolean().optional(),
    }),
    output: RedactedSchema,
  },
  /** Puts a credential's new key in the place of the earlier one in a copy that a host has made. */
  patchCopy: { input: z.object({ path: FileRef, credential: CredentialRef }), output: PatchedCopySchema },
  /** Deletes a copy that a host has made; it can be restored. */
  deleteCopy: { input: z.object({ path: FileRef }), output: DeletedCopySchema },

  planRotation: { input: z.object({ credential: CredentialRef, agentId: AgentId.optional() }), output: PlanSchema },
  /** Plans, and puts the plan before a person. The rotation starts when it is approved. */
  requestRotation: {
    input: z.object({
      credential: CredentialRef,
      agentId: AgentId.optional(),
      /** The person makes the new key on the service's page and pastes it (`adoptKey`). */
      byHand: z.boolean().optional(),
      /** Id of the rotation that is to be undone: its old key, which still works, comes back. */
      undo: z.uuid().optional(),
    }),
    output: ApprovalSchema,
  },
  /** The same for several, which are put before the person as one. What can't be rotated now stops no other. */
  requestRotations: {
    input: z
      .object({
        credentials: z.array(CredentialRef).min(1).max(LARGEST_BATCH).optional(),
        /** All of which the key stands in this file now, in the place of names. */
        file: FileRef.optional(),
      })
      .refine(({ credentials, file }) => (credentials === undefined) !== (file === undefined), {
        error: 'needs either credentials or a file',
      }),
    output: BatchSchema,
  },
  listApprovals: { input: Nothing, output: z.array(ApprovalSchema) },
  getApproval: { input: z.object({ id: z.string() }), output: ApprovalSchema },
  getBatch: { input: z.object({ batch: z.string() }), output: BatchSchema },
  approve: { input: Confirmation.extend({ giveKeyToClient: z.boolean().optional() }), output: ApprovalSchema },
  /** One confirmation for several. Those of the batch that still wait and are not named here are denied. */
  approveBatch: {
    input: z.object({ batch: z.string(), approvals: z.array(Confirmation).min(1).max(LARGEST_BATCH) }),
    output: ApprovedBatchSchema,
  },
  /** The asker takes it back (a cancelled tool call, Ctrl-C). */
  withdraw: { input: z.object({ id: z.string() }), output: ApprovalSchema },
  deny: { input: z.object({ id: z.string() }), output: ApprovalSchema },

  listRotations: { input: Nothing, output: z.array(RotationSchema) },
  getRotation: { input: z.object({ id: z.string() }), output: RotationSchema },
  /** Goes on with a rotation that waits, and tries the sites again that are left to do. */
  resumeRotation: { input: z.object({ id: z.string() }), output: RotationSchema },
  /** Takes the key that the person made on the service's page, for a rotation that offers `paste-key`, and does all the rest. */
  adoptKey: {
    input: z.object({
      id: z.string(),
      key: z.string().min(1).max(10_000),
      /** Secrets that the service shows with it, by name; those that are left out stay as they are. */
      companions: z.record(z.string(), z.string().min(1).max(10_000)).optional(),
      /** What this key has its own of (its id). */
      settings: z.record(z.string(), z.string().max(1_000)).optional(),
      evenIfRefused: z.boolean().optional(),
    }),
    output: RotationSchema,
  },
  /** To the clipboard: the new key of a rotation that offers `copy-key`, which neither disk nor keychain takes. */
  copyNewKey: { input: z.object({ id: z.string() }), output: z.object({ clearedAfterSeconds: z.number().int() }) },
  /** Ends a rotation that offers `give-up`. */
  giveUpRotation: { input: z.object({ id: z.string() }), output: RotationSchema },
  /** Ends the old key's life now, or notes that the person has done it. */
  revokeOldKey: {
    input: z.object({
      id: z.string(),
      /** Also when it still stands in files that could not be changed: they are left as they are. */
      skipLeft: z.boolean().optional(),
    }),
    output: RotationSchema,
  },

  /**
   * Quits a desktop app that still runs with the old key of an ended rotation, puts the new key into its files once more,
   * and starts it again.
   */
  restartHost: {
    /** Of the rotation, and of one of its `restarts`. */
    input: z.object({ id: z.string(), host: HostRef }),
    output: RotationSchema,
  },

  /** Newest first. */
  listActivity: {
    input: z.object({
      limit: z.number().int().positive().max(1_000).optional(),
      /** The `position` of an entry: only what was noted before it. */
      before: z.number().int().nonnegative().optional(),
      /** Also one that was removed since, by its name. */
      credential: CredentialRef.optional(),
      /** Id of a rotation. */
      rotation: z.string().max(100).optional(),
    }),
    output: z.array(ActivityEntrySchema),
  },
  /** All of the activity as CSV (RFC 4180), oldest first: a header, then a row for each place of an ended rotation and for each other entry. */
  exportActivity: { input: z.object({ credential: CredentialRef.optional() }), output: z.object({ csv: z.string() }) },

  /** The practice that runs: rotations in a sandbox, in which nothing is real. Its keys are told in full. */
  getPractice: { input: Nothing, output: z.object({ practice: PracticeViewSchema.nullable() }) },
  /** Begins anew, with something that goes wrong. */
  startPractice: { input: z.strictObject({ trouble: TroubleSchema }), output: PracticeViewSchema },
  /** The file that could not be written can be from now on. */
  endPracticeTrouble: { input: Nothing, output: PracticeViewSchema },
  /** Removes all that practice has made. */
  endPractice: { input: Nothing, output: Nothing },
  /**
   * A call of this contract, made of practice's own core: it can approve in there, and nowhere else. The answer has the
   * shape that the contract gives that call; its core has checked it.
   */
  callPractice: {
    input: z.strictObject({ name: z.string().max(100), input: z.unknown() }),
    output: z.object({ answer: z.unknown() }),
  },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;

export type CallName = keyof typeof calls;
export type CallInput<K extends CallName> = z.input<(typeof calls)[K]['input']>;
export type ParsedInput<K extends CallName> = z.output<(typeof calls)[K]['input']>;
export type CallOutput<K extends CallName> = z.output<(typeof calls)[K]['output']>;

const coreEvents = {
  /** Something under this topic is different now: ask again. */
  changed: z.object({
    topic: z.enum(['status', 'settings', 'credentials', 'services', 'hosts', 'activity', 'desktop', 'practice']),
  }),
  /** An approval was asked for, decided, or has run out. */
  approval: ApprovalSchema,
  /** A rotation took a step. */
  rotation: RotationSchema,
  /** These have become due, or are still due a week after they were told. Never empty. */
  reminder: z.array(ReminderSchema),
} as const;

type CoreEvent = {
  [E in keyof typeof coreEvents]: { readonly name: E; readonly payload: z.output<(typeof coreEvents)[E]> };
}[keyof typeof coreEvents];

export const events = {
  ...coreEvents,
  /** An event of practice's own core. */
  practice: z.custom<CoreEvent>(),
} as const;

export type EventName = keyof typeof events;
export type EventPayload<E extends EventName> = z.output<(typeof events)[E]>;
export type AnyEvent = { [E in EventName]: { readonly name: E; readonly payload: EventPayload<E> } }[EventName];

/** What a page holds of the core, whatever carries it. */
export interface RekeyApi {
  call<K extends CallName>(name: K, input: CallInput<K>): Promise<CallOutput<K>>;
  /** @returns the disposer. */
  on(listener: (event: AnyEvent) => void): () => void;
}

/** How a failed call travels over any carrier. */
export const CallFailureSchema = ErrorViewSchema;
