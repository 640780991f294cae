import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import manifest from '../package.json' with { type: 'json' };
import { type AnyEvent, type Settings, SettingsSchema } from '../preload/contract.ts';
import { ActivityLog } from './activity/activity-log.ts';
import { BY_ITSELF, byOf } from './activity/by.ts';
import { endedEntry, putBackEntry, revokedEntry } from './activity/rotation-entry.ts';
import type { Approval } from './approvals/approval.schema.ts';
import { Approvals } from './approvals/approvals.ts';
import { BackupStore } from './backups/backup-store.ts';
import { type Core, dispatch } from './calls/dispatch.ts';
import { makeHandlers } from './calls/handlers.ts';
import { reportHosts } from './calls/host-report.ts';
import type { Clipboard } from './calls/parts.ts';
import { ChosenKeychain } from './credentials/chosen-keychain.ts';
import { CredentialIndexSchema } from './credentials/credential.schema.ts';
import { CredentialStore } from './credentials/credential-store.ts';
import { FixedKeychain } from './credentials/fixed-keychain.ts';
import type { Keychain } from './credentials/keychain.ts';
import { MemoryKeychain } from './credentials/memory-keychain.ts';
import type { ErrorView } from './errors.ts';
import { hostPlaces } from './host-places.ts';
import { hostPrograms } from './host-programs.ts';
import type { Host } from './hosts/host.ts';
import type { ListPrograms } from './hosts/running.ts';
import { KeyForClient } from './key-for-client.ts';
import type { Machine } from './machine.ts';
import { socketPath } from './mcp/socket-path.ts';
import { startSocketServer } from './mcp/socket-server.ts';
import { Practice } from './practice/practice.ts';
import { practiceHosts } from './practice/practice-hosts.ts';
import { ServiceFolder } from './providers/described/service-folder.ts';
import type { Send } from './providers/http.ts';
import type { Provider } from './providers/provider.ts';
import { builtInProviders, ProviderRegistry } from './providers/registry.ts';
import { send as sendAnywhere } from './providers/send.ts';
import { RemindersFileSchema } from './reminders/reminder.schema.ts';
import { Reminders } from './reminders/reminders.ts';
import { whatIsDue } from './reminders/what-is-due.ts';
import { Journal } from './rotation/journal.ts';
import { DELAYS, type Delays, type RotationParts } from './rotation/parts.ts';
import { Receipts } from './rotation/receipts.ts';
import { Rotations } from './rotation/rotations.ts';
import { StartRecipes } from './rotation/start-recipes.ts';
import { dataFolder, makeDataFolder } from './storage/data-folder.ts';
import { JsonFile } from './storage/json-file.ts';
import type { SetAside } from './storage/set-aside.ts';
import { removeTorn } from './storage/write-durably.ts';

/** What a shell, the demo or a test decides. */
export interface RekeyOptions {
  readonly machine: Machine;
  readonly shell: 'electron' | 'browser';
  /** Whether the app's own confirmation window is there; every confirmation is then given in it. */
  readonly desktop: boolean;
  readonly clipboard: Clipboard | null;
  /** In the place of the person's own keychain: for the demo and for tests. */
  readonly keychain?: Keychain;
  /** In the place of all processes of this user: for tests, which must never meet the person's own programs. */
  readonly listPrograms?: ListPrograms;
  /** How the shell brings itself before the person. */
  readonly show?: () => Promise<boolean>;
  readonly delays?: Partial<Delays>;
  /** In the place of the system's clock. */
  readonly now?: () => Date;
  readonly approvalWindowMs?: number;
  /** What stands between the rotations and their effects: for tests, which make effects fail. */
  readonly wrap?: (parts: RotationParts) => RotationParts;
  /** A core of which only the app itself knows, without socket and reminders, and all that it gets to see. */
  readonly practice?: { readonly hosts: readonly Host[]; readonly provider: Provider; readonly send: Send };
}

export interface RunningRekey {
  readonly core: Core;
  readonly dataFolder: string;
  /** True while ending the app could lose something. */
  busy(): boolean;
  stop(): Promise<void>;
}

/**
 * Reminded of after 90 days: the longest of the periods, so that whoever never thinks of it is told, and seldom. It
 * changes no key by itself.
 */
const NO_SETTINGS: Settings = {
  allowScriptedConfirmation: true,
  projectFolders: [],
  rotateEveryDays: 90,
  welcomed: false,
};

/** Files of before lack what has come since. */
const SettingsFileSchema = SettingsSchema.extend({
  rotateEveryDays: SettingsSchema.shape.rotateEveryDays.default(NO_SETTINGS.rotateEveryDays),
  // Whoever has set something knows Rekey.
  welcomed: SettingsSchema.shape.welcomed.default(true),
});

/**
 * The composition root: builds the core from its parts, opens the local socket, and takes up what an earlier run left
 * unfinished.
 * @throws {SocketError} `already-running` when another app serves this data folder.
 */
export async function startRekey(options: RekeyOptions): Promise<RunningRekey> {
  const { machine } = options;
  const folder = dataFolder(machine);
  await makeDataFolder(folder);
  await Promise.all(
    ['rotations', 'receipts', 'restarts', 'locks'].map((name) =>
      mkdir(join(folder, name), { recursive: true, mode: 0o700 }),
    ),
  );

  const now = options.now ?? (() => new Date());
  const notices: ErrorView[] = [];
  const listeners = new Set<(event: AnyEvent) => void>();
  const emit = (event: AnyEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const activity = new ActivityLog(join(folder, 'activity.jsonl'), now, () =>
    emit({ name: 'changed', payload: { topic: 'activity' } }),
  );
  const onSetAside = (notice: SetAside): void => {
    notices.push(notice.view);
    void activity.add({ kind: 'file-set-aside', credential: null, rotationId: null, ...BY_ITSELF, detail: notice.to });
    emit({ name: 'changed', payload: { topic: 'status' } });
  };

  const settings = new JsonFile(join(folder, 'settings.json'), SettingsFileSchema, NO_SETTINGS, onSetAside);
  const keychain = options.keychain
    ? new FixedKeychain(options.keychain)
    : new ChosenKeychain({ dataFolder: folder, env: machine.env });
  const index = new JsonFile(
    join(folder, 'credentials.json'),
    CredentialIndexSchema,
    { version: 1, credentials: [] },
    onSetAside,
  );
  const credentials = new CredentialStore({ index, keychain, now });
  const providers = new ProviderRegistry(options.practice ? [options.practice.provider] : builtInProviders);
  const services = new ServiceFolder(join(folder, 'services'), providers);
  await services.load();
  const projectFolders = async (): Promise<readonly string[]> => (await settings.read()).projectFolders;
  const delays = { ...DELAYS, ...options.delays };
  const send = options.practice?.send ?? sendAnywhere;

  const parts: RotationParts = {
    machine,
    now,
    credentials,
    keychain,
    providers,
    send,
    places: hostPlaces(machine, projectFolders, options.listPrograms, options.practice?.hosts),
    programs: hostPrograms(options.listPrograms),
    startRecipes: new StartRecipes(join(folder, 'restarts'), keychain),
    journal: new Journal(join(folder, 'rotations'), onSetAside),
    receipts: new Receipts(join(folder, 'receipts'), keychain),
    backups: new BackupStore({ folder: join(folder, 'backups'), keychain, now }),
    delays,
    onChange: (rotation) => {
      emit({ name: 'rotation', payload: rotation });
      if (rotation.step === 'ended' || rotation.step === 'patched')
        emit({ name: 'changed', payload: { topic: 'credentials' } });
    },
    onEnd: (rotation) => {
      void activity.add(endedEntry(rotation));
      emit({ name: 'changed', payload: { topic: 'hosts' } });
    },
    onPutBack: (rotation, host) => void activity.add(putBackEntry(rotation, host)),
    onRevoked: (rotation) => void activity.add(revokedEntry(rotation)),
  };
  const rotations = new Rotations(options.wrap?.(parts) ?? parts, join(folder, 'locks'));
  const approvals = new Approvals({
    now,
    onChange: (approval) => {
      emit({ name: 'approval', payload: approval });
      void noteDecision(activity, approval);
    },
    ...(options.approvalWindowMs !== undefined && { windowMs: options.approvalWindowMs }),
  });

  const reminders = new Reminders({
    file: new JsonFile(
      join(folder, 'reminders.json'),
      RemindersFileSchema,
      { version: 1, told: [], snoozed: [] },
      onSetAside,
    ),
    now,
    whatIsDue: async () =>
      whatIsDue(
        {
          credentials: await credentials.list(),
          rotations: await rotations.list(),
          everyDays: (await settings.read()).rotateEveryDays,
          providerName: (id) => providers.find(id)?.name ?? id,
        },
        now(),
      ),
    onTell: (due) => emit({ name: 'reminder', payload: [...due] }),
  });
  listeners.add(({ name, payload }) => {
    if (name === 'changed' && payload.topic === 'settings') reminders.lookSoon();
  });

  const practice = new Practice({
    folder: join(folder, 'practice'),
    platform: machine.platform,
    start: (home, provider, send) =>
      startRekey(practiceOptions(options, home, { hosts: practiceHosts, provider, send })),
    onEvent: (event) => event.name !== 'practice' && emit({ name: 'practice', payload: event }),
    onChange: () => emit({ name: 'changed', payload: { topic: 'practice' } }),
  });

  const handlers = makeHandlers({
    machine,
    version: manifest.version,
    shell: options.shell,
    desktop: options.desktop,
    dataFolder: folder,
    now,
    settings,
    keychain,
    credentials,
    providers,
    services,
    send,
    verifyTimeoutMs: delays.verifyTimeout,
    rotations,
    backups: parts.backups,
    places: parts.places,
    approvals,
    activity,
    reminders,
    practice,
    clipboard: options.clipboard,
    show: options.show ?? (async () => false),
    reportHosts: () =>
      reportHosts({
        machine,
        hosts: options.practice?.hosts,
        listPrograms: options.listPrograms,
        projectFolders,
        credentials,
        providers,
      }),
    notices,
    emit,
  });
  const core: Core = {
    // The contract's schema has checked the answer of exactly this call.
    call: async (name, input, caller) => (await dispatch(handlers, name, input, caller)) as never,
    callUntyped: (name, input, caller) => dispatch(handlers, name, input, caller),
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const keyForClient = new KeyForClient({ approvals, rotations, credentials, activity });
  const backend = { core, version: manifest.version, takeKeyForClient: (id: string) => keyForClient.take(id) };
  const socket = options.practice ? null : await startSocketServer({ path: socketPath(machine, folder), backend });
  // Nobody else serves this folder now.
  await practice.clear().catch(() => {});
  await removeTorn(folder).catch(() => {});
  await rotations.recover();
  const pruned = parts.backups.pruneAll().catch(() => {});

  if (!options.practice) await reminders.start();

  return {
    core,
    dataFolder: folder,
    busy: () => rotations.busy(),
    async stop() {
      await practice.end();
      approvals.close();
      await rotations.close();
      await reminders.close();
      await socket?.close();
      await pruned;
      await activity.settled();
    },
  };
}

/** Waiting times of practice, whose service answers at once; enough to see each step. */
const PRACTICE_DELAYS: Partial<Delays> = { doubtRecheck: 500, doubtSettle: 1_000, retry: 1_000, lookAgain: 1_000 };

/** A core in the sandbox of a practice: a keychain in memory, and no programs that it could take for running hosts. */
function practiceOptions(
  { clipboard, now, delays }: RekeyOptions,
  machine: Machine,
  practice: RekeyOptions['practice'] & object,
): RekeyOptions {
  return {
    machine,
    shell: 'browser',
    desktop: false,
    clipboard,
    keychain: new MemoryKeychain(),
    listPrograms: async () => [],
    delays: { ...PRACTICE_DELAYS, ...delays },
    practice,
    ...(now && { now }),
  };
}

const DECISIONS = {
  denied: 'rotation-denied',
  expired: 'rotation-expired',
  withdrawn: 'rotation-withdrawn',
  failed: 'rotation-not-started',
} as const;

/** Approved ones are noted with their rotation. */
async function noteDecision(activity: ActivityLog, { state, plan, requester, decidedBy }: Approval): Promise<void> {
  if (state === 'waiting' || state === 'approved') return;
  await activity.add({
    kind: DECISIONS[state],
    credential: plan.target.name,
    rotationId: null,
    who: requester.client?.name ?? requester.via,
    by: byOf(requester, decidedBy),
    detail: decidedBy,
  });
}
