import { randomUUID } from 'node:crypto';
import type { ActivityEntry } from '../../../main/activity/activity.schema.ts';
import { activityCsv } from '../../../main/activity/activity-csv.ts';
import type { Approval, Requester } from '../../../main/approvals/approval.schema.ts';
import type { ApprovedBatch, Batch, Refused } from '../../../main/approvals/batch.schema.ts';
import type { BackupView, Restored } from '../../../main/backups/backup.schema.ts';
import { type Caller, requesterOf } from '../../../main/calls/caller.ts';
import { type Core, dispatch, type Handlers } from '../../../main/calls/dispatch.ts';
import type { Connection } from '../../../main/connect/connect.schema.ts';
import type { DesktopView, UpdatesView } from '../../../main/desktop/desktop.schema.ts';
import { type ErrorView, errorView, RekeyError } from '../../../main/errors.ts';
import type { HostView } from '../../../main/hosts/host.schema.ts';
import type { PracticeView } from '../../../main/practice/practice.schema.ts';
import type { ProviderView } from '../../../main/providers/provider.schema.ts';
import type { Reminder } from '../../../main/reminders/reminder.schema.ts';
import type { Plan } from '../../../main/rotation/plan.schema.ts';
import type { Rotation } from '../../../main/rotation/rotation.schema.ts';
import type { Scan } from '../../../main/scan/scan.schema.ts';
import type {
  AnyEvent,
  CallInput,
  CallName,
  CallOutput,
  CredentialView,
  KeychainState,
  Settings,
} from '../../../preload/contract.ts';
import { activity } from './activity.ts';
import { backups, restored } from './backups.ts';
import { connectionChange, connections } from './connections.ts';
import { credentials } from './credentials.ts';
import { hosts } from './hosts.ts';
import { BY_HAND, planFor, UNDO } from './plan.ts';
import { practice } from './practice.ts';
import { providers } from './providers.ts';
import { adopted, ends, revoked, rotationOf, STEPS, withOffers } from './rotation.ts';
import { scan } from './scan.ts';
import { ScriptedServices, scriptedServices } from './services.ts';

const TWO_MINUTES_MS = 120_000;

class ScriptedError extends RekeyError {}

/** Everything that the pages can be shown; a spec sets it as it needs it, before or while the page is open. */
export class ScriptedCore implements Core {
  keychain: KeychainState = { kind: 'os', status: 'ready', problem: null };
  settings: Settings = {
    allowScriptedConfirmation: true,
    projectFolders: [],
    rotateEveryDays: 90,
    language: 'system',
    welcomed: true,
  };
  /** What the desktop app does; nothing, as in the browser's shell, until a test says otherwise. */
  desktop: DesktopView = { startAtLogin: null, updates: null, crash: null };
  providers: ProviderView[] = [...providers];
  credentials: CredentialView[] = credentials();
  /** The services that the person has described. */
  readonly services = new ScriptedServices();
  hosts: HostView[] = hosts();
  scan: Scan = scan();
  backups: BackupView[] = backups();
  damagedBackups: ErrorView[] = [];
  /** What restoring says of keys. */
  restoredKeys: Partial<Restored> = {};
  activity: ActivityEntry[] = activity();
  /** What is due; see {@link makeDue}. */
  reminders: Reminder[] = [];
  approvals: Approval[] = [];
  /** Keys of which no rotation can be planned, and those whose rotation can't begin, by name. */
  readonly unplannable = new Map<string, ErrorView>();
  readonly cannotBegin = new Map<string, ErrorView>();
  rotations: Rotation[] = [];
  notices: ErrorView[] = [];
  connections: Connection[] = connections();
  practice: PracticeView | null = null;
  /** Practice's own core, once practice was started. */
  inPractice: ScriptedCore | null = null;
  /** How the next rotation ends. */
  ending: keyof typeof ends | 'done' = 'done';
  /** Between two steps of a rotation. */
  stepMs = 40;
  /** What the next calls of this name fail with. */
  readonly failing = new Map<CallName, ErrorView>();
  readonly asked: { name: string; input: unknown; caller: Caller }[] = [];
  readonly #listeners = new Set<(event: AnyEvent) => void>();
  readonly #refused = new Map<string, Refused[]>();

  async call<K extends CallName>(name: K, input: CallInput<K>, caller: Caller): Promise<CallOutput<K>> {
    return (await this.callUntyped(name, input, caller)) as CallOutput<K>; // dispatch checks the answer by the contract
  }

  async callUntyped(name: string, input: unknown, caller: Caller): Promise<unknown> {
    this.asked.push({ name, input, caller });
    const failure = this.failing.get(name as CallName);
    if (failure) throw new ScriptedError(failure.code, failure.message, failure.wayOut);
    return await dispatch(this.#handlers, name, input, caller);
  }

  on(listener: (event: AnyEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(event: AnyEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** The inputs of the calls of this name so far. */
  inputsOf(name: CallName): unknown[] {
    return this.asked.filter((call) => call.name === name).map(({ input }) => input);
  }

  /** An agent, or whoever, asks for a rotation. */
  ask(
    requester: Requester,
    name = 'work',
    agentId: string | null = null,
    change: Partial<Plan> = {},
    batch: string | null = null,
  ): Approval {
    const now = Date.now();
    const approval: Approval = {
      id: randomUUID(),
      batch,
      requester,
      plan: { ...planFor(this.#credential(name), agentId), ...change },
      createdAt: new Date(now).toISOString(),
      expiresAt: new Date(now + TWO_MINUTES_MS).toISOString(),
      state: 'waiting',
      decidedBy: null,
      decidedAt: null,
      giveKeyToClient: false,
      restartHosts: [],
      graceMinutes: null,
      rotationId: null,
      problem: null,
    };
    this.approvals = [approval, ...this.approvals];
    this.emit({ name: 'approval', payload: approval });
    return approval;
  }

  /** Several keys are to be rotated together. */
  askTogether(requester: Requester, names: readonly string[]): Batch {
    const batch = randomUUID();
    for (const name of names) if (!this.unplannable.has(name)) this.ask(requester, name, null, {}, batch);
    const refused = names.flatMap((credential) => {
      const problem = this.unplannable.get(credential);
      return problem ? [{ credential, problem }] : [];
    });
    this.#refused.set(batch, refused);
    return this.#batch(batch);
  }

  changeApproval(id: string, change: Partial<Approval>): Approval {
    const approval = { ...this.#approval(id), ...change };
    this.approvals = this.approvals.map((one) => (one.id === id ? approval : one));
    this.emit({ name: 'approval', payload: approval });
    return approval;
  }

  putRotation(rotation: Rotation): Rotation {
    this.rotations = [rotation, ...this.rotations.filter(({ id }) => id !== rotation.id)];
    this.emit({ name: 'rotation', payload: rotation });
    return rotation;
  }

  changeCredential(name: string, change: Partial<CredentialView>): void {
    this.credentials = this.credentials.map((one) => (one.name === name ? { ...one, ...change } : one));
    this.emit({ name: 'changed', payload: { topic: 'credentials' } });
  }

  /** The key has become so old that the person is reminded of it. */
  makeDue(name: string, age: number): Reminder {
    const { id, provider, providerName } = this.#credential(name);
    const dueAt = new Date(Date.now() - 60_000).toISOString();
    const reminder: Reminder = {
      kind: 'rotation',
      credential: { id, name },
      provider: { id: provider, name: providerName },
      age,
      dueAt,
      rotationId: null,
    };
    this.reminders = [...this.reminders, reminder];
    this.changeCredential(name, { age, dueAt, due: true });
    this.emit({ name: 'reminder', payload: [reminder] });
    return reminder;
  }

  changeSettings(change: Partial<Settings>): Settings {
    this.settings = { ...this.settings, ...change };
    this.emit({ name: 'changed', payload: { topic: 'settings' } });
    return this.settings;
  }

  changeDesktop(change: Partial<DesktopView>): DesktopView {
    this.desktop = { ...this.desktop, ...change };
    this.emit({ name: 'changed', payload: { topic: 'desktop' } });
    return this.desktop;
  }

  changeUpdates(change: Partial<UpdatesView>): DesktopView {
    const { updates } = this.desktop;
    return this.changeDesktop({ updates: updates && { ...updates, ...change } });
  }

  #changeCopies(change: (copies: HostView['copies']) => HostView['copies']): void {
    this.hosts = this.hosts.map((host) => ({ ...host, copies: change(host.copies) }));
    this.emit({ name: 'changed', payload: { topic: 'hosts' } });
  }

  #credential(ref: string): CredentialView {
    const found = this.credentials.find(({ id, name }) => id === ref || name === ref);
    if (!found) throw new ScriptedError('credential-unknown', `There is no key “${ref}”.`, 'Look at the list of keys.');
    return found;
  }

  #approval(id: string): Approval {
    const found = this.approvals.find((one) => one.id === id);
    if (!found) throw new ScriptedError('approval-unknown', 'There is no such request.', 'Ask for the rotation again.');
    return found;
  }

  #batch(batch: string): Batch {
    const approvals = this.approvals.filter((one) => one.batch === batch).reverse();
    return { batch, approvals, refused: this.#refused.get(batch) ?? [] };
  }

  #approve({ id, planHash, ...choices }: CallInput<'approve'>): Approval {
    const { plan } = this.#approval(id);
    if (plan.hash !== planHash) {
      throw new ScriptedError('plan-changed', 'The plan is another one now.', 'Look at it again.');
    }
    const decided = { decidedBy: 'page', decidedAt: new Date().toISOString() } as const;
    const problem = this.cannotBegin.get(plan.target.name);
    if (problem) {
      this.changeApproval(id, { ...decided, state: 'failed', problem });
      throw new ScriptedError(problem.code, problem.message, problem.wayOut);
    }
    const approval = this.changeApproval(id, {
      ...decided,
      state: 'approved',
      giveKeyToClient: choices.giveKeyToClient ?? false,
      restartHosts: choices.restartHosts ?? [],
      graceMinutes: choices.graceMinutes ?? null,
      rotationId: randomUUID(),
    });
    void this.#rotate(approval);
    return approval;
  }

  #rotation(id: string): Rotation {
    const found = this.rotations.find((one) => one.id === id);
    if (!found) throw new ScriptedError('rotation-unknown', 'There is no such rotation.', 'Look at Activity.');
    return found;
  }

  async #rotate(approval: Approval): Promise<void> {
    if (approval.plan.way === 'by-hand') {
      this.putRotation(ends['by-hand'](approval));
      return;
    }
    for (const step of STEPS.slice(0, -1)) {
      this.putRotation(rotationOf(approval, step));
      await new Promise((resolve) => setTimeout(resolve, this.stepMs));
    }
    this.putRotation(this.ending === 'done' ? rotationOf(approval, 'ended') : ends[this.ending](approval));
  }

  readonly #handlers: Handlers = {
    getStatus: async () => ({
      version: '0.1.0',
      pid: process.pid,
      shell: 'browser',
      platform: 'linux',
      dataFolder: '/home/sam/.local/share/rekey',
      keychain: this.keychain,
      notices: this.notices,
    }),
    show: async () => ({ shown: true }),
    getSettings: async () => this.settings,
    changeSettings: async (change) => {
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      return this.changeSettings(given);
    },
    chooseKeychain: async ({ kind }) => {
      this.keychain = { kind, status: 'ready', problem: null };
      return this.keychain;
    },
    unlockKeychain: async ({ passphrase }) => {
      if (this.keychain.kind === 'file' && passphrase !== 'correct horse') {
        throw new ScriptedError(
          'passphrase-wrong',
          'The passphrase is not the right one. Nothing was changed.',
          'Try again; mind capitals and the keyboard’s layout.',
        );
      }
      this.keychain = { kind: this.keychain.kind ?? 'os', status: 'ready', problem: null };
      this.credentials = this.credentials.map((one) => ({ ...one, state: 'ok' }));
      return this.keychain;
    },
    getDesktop: async () => this.desktop,
    setStartAtLogin: async ({ on }) => this.changeDesktop({ startAtLogin: on }),
    setUpdateChecks: async ({ on }) => this.changeUpdates({ automatic: on }),
    checkForUpdate: async () => this.changeUpdates({ update: { state: 'available', version: '0.2.0' } }),
    downloadUpdate: async () => this.changeUpdates({ update: { state: 'ready', version: '0.2.0' } }),
    installUpdate: async () => this.desktop,
    copyCrashNote: async () => this.desktop,
    dismissCrashNote: async () => this.changeDesktop({ crash: null }),
    listProviders: async () => [...this.providers, ...this.services.providers],
    ...scriptedServices(this.services, () => this.emit({ name: 'changed', payload: { topic: 'services' } })),
    listCredentials: async () => this.credentials,
    addCredential: async ({ name, provider: id, key, evenIfRefused, baseUrl, settings }) => {
      const provider = providers.find((one) => one.id === id);
      if (!provider) throw new ScriptedError('provider-unknown', 'There is no such service.', 'Choose another.');
      if (key.includes('refused') && !evenIfRefused) {
        throw new ScriptedError(
          'credential-key-refused',
          `${provider.name} does not accept this key (it answered 401). Nothing was stored.`,
          `Get a working key at ${provider.keysPage}, or keep this one all the same by saying so.`,
        );
      }
      const added: CredentialView = {
        ...this.#credential('work'),
        id: randomUUID(),
        name,
        provider: id,
        providerName: provider.name,
        baseUrl: baseUrl ?? provider.baseUrls[0] ?? '',
        settings: settings ?? {},
        rotatedAt: null,
        createdAt: new Date().toISOString(),
      };
      this.credentials = [...this.credentials, added];
      this.emit({ name: 'changed', payload: { topic: 'credentials' } });
      return added;
    },
    removeCredential: async ({ credential }) => {
      const { id, name } = this.#credential(credential);
      this.credentials = this.credentials.filter((one) => one.id !== id);
      this.emit({ name: 'changed', payload: { topic: 'credentials' } });
      return { removed: name };
    },
    verifyCredential: async ({ credential }) => {
      const found = this.#credential(credential);
      return found.name === 'market'
        ? { credential: found, state: 'refused', account: null, reason: 'it answered 401' }
        : { credential: found, state: 'accepted', account: 'Northwind', reason: null };
    },
    copyKey: async () => ({ clearedAfterSeconds: 30 }),
    listHosts: async () => this.hosts,
    listBackups: async ({ file }) => ({
      backups: this.backups.filter((backup) => file === undefined || backup.file === file),
      damaged: this.damagedBackups,
    }),
    restoreBackup: async ({ file, at, asItWas }) => {
      const now = new Date().toISOString();
      const kept: BackupView = { file, at: now, size: 2_300, reason: { kind: 'restore' }, problem: null };
      this.backups = [kept, ...this.backups];
      this.emit({ name: 'changed', payload: { topic: 'hosts' } });
      return { ...restored(file, at ?? now, now, asItWas ?? false), ...this.restoredKeys };
    },
    scanFiles: async () => this.scan,
    takeIn: async ({ finding, name, provider: id, evenIfRefused }) => {
      if (name === 'refused' && !evenIfRefused) {
        throw new ScriptedError(
          'credential-key-refused',
          'BitScale does not accept this key (it answered 401). Nothing was stored.',
          'Get a working key at https://app.bitscale.ai, or keep this one all the same by saying so.',
        );
      }
      const added: CredentialView = { ...this.#credential('work'), id: randomUUID(), name, provider: id };
      this.credentials = [...this.credentials, added];
      const why = { kind: 'known', credential: name, isDead: false } as const;
      const findings = this.scan.findings.map((one) => (one.id === finding ? { ...one, why, providers: [] } : one));
      this.scan = { ...this.scan, findings };
      this.emit({ name: 'changed', payload: { topic: 'credentials' } });
      return added;
    },
    redactKey: async ({ file, credential }) => {
      this.hosts = this.hosts.map((host) => ({ ...host, outside: host.outside.filter((key) => key.file !== file) }));
      this.emit({ name: 'changed', payload: { topic: 'hosts' } });
      return { file, credential, places: 3, kept: new Date().toISOString() };
    },
    patchCopy: async ({ path, credential }) => {
      this.#changeCopies((copies) =>
        copies.map((copy) => (copy.path === path ? { ...copy, holdsEarlier: false } : copy)),
      );
      return { path, credential, places: 2, kept: new Date().toISOString() };
    },
    deleteCopy: async ({ path }) => {
      this.#changeCopies((copies) => copies.filter((copy) => copy.path !== path));
      return { path, kept: new Date().toISOString() };
    },
    planRotation: async ({ credential, agentId }) => planFor(this.#credential(credential), agentId ?? null),
    requestRotation: async ({ credential, agentId, byHand, undo }, caller) => {
      const change = byHand ? BY_HAND : undo ? { ...UNDO, undoes: undo } : {};
      return this.ask(requesterOf(caller), this.#credential(credential).name, agentId ?? null, change);
    },
    listApprovals: async () => this.approvals,
    getApproval: async ({ id }) => this.#approval(id),
    approve: async (input) => this.#approve(input),
    requestRotations: async ({ credentials, file }, caller) => {
      const inFile = this.hosts.flatMap(({ sites }) => sites.filter((site) => site.file === file));
      const refs = credentials ?? inFile.map(({ credential }) => credential);
      const names = [...new Set(refs.map((ref) => this.#credential(ref).name))];
      return this.askTogether(requesterOf(caller), names);
    },
    getBatch: async ({ batch }) => this.#batch(batch),
    approveBatch: async ({ batch, approvals }) => {
      const failed: ApprovedBatch['failed'] = [];
      for (const { id, state, plan } of this.#batch(batch).approvals) {
        const chosen = approvals.find((one) => one.id === id);
        if (!chosen && state === 'waiting') this.changeApproval(id, { state: 'denied', decidedBy: 'page' });
        if (!chosen) continue;
        try {
          this.#approve(chosen);
        } catch (error) {
          failed.push({ id, credential: plan.target.name, problem: errorView(error) });
        }
      }
      return { approvals: this.#batch(batch).approvals, failed };
    },
    withdraw: async ({ id }) => this.changeApproval(id, { state: 'withdrawn' }),
    deny: async ({ id }) => this.changeApproval(id, { state: 'denied', decidedBy: 'page' }),
    listRotations: async () => this.rotations,
    getRotation: async ({ id }) => this.#rotation(id),
    adoptKey: async ({ id, key, evenIfRefused }) => {
      if (key.includes('refused') && !evenIfRefused) {
        throw new ScriptedError(
          'credential-key-refused',
          'BitScale does not accept this key (it answered 401). Nothing was changed.',
          'Copy the whole key once more; a fresh key may need some seconds. Or take it all the same by saying so.',
        );
      }
      return this.putRotation(adopted(this.#rotation(id)));
    },
    copyNewKey: async () => ({ clearedAfterSeconds: 30 }),
    giveUpRotation: async ({ id }) =>
      this.putRotation(
        withOffers({ ...this.#rotation(id), step: 'ended', outcome: 'given-up', waiting: null, problem: null }),
      ),
    revokeOldKey: async ({ id, skipLeft }) => {
      const rotation = this.#rotation(id);
      if (!skipLeft && rotation.sites.some(({ state }) => state === 'to-do')) {
        throw new ScriptedError('not-revoked', 'The old key still stands in a file.', 'See to it first.');
      }
      return this.putRotation(revoked(rotation));
    },
    restartHost: async ({ id, host }) => {
      const rotation = this.#rotation(id);
      const restarts = rotation.restarts.map((one) => (one.id === host ? { ...one, state: 'done' as const } : one));
      return this.putRotation({ ...rotation, restarts });
    },
    resumeRotation: async ({ id }) => {
      const rotation = this.#rotation(id);
      const sites = rotation.sites.map((result) => ({ ...result, state: 'patched' as const, problem: null }));
      return this.putRotation(withOffers({ ...rotation, sites, step: 'ended', outcome: 'done', waiting: null }));
    },
    listReminders: async () => this.reminders,
    setReminder: async ({ credential, everyDays }) => {
      const { id, name } = this.#credential(credential);
      this.reminders = this.reminders.filter((one) => one.credential.id !== id);
      this.changeCredential(name, { rotateEveryDays: everyDays, due: false });
      return this.#credential(id);
    },
    snoozeReminder: async ({ credential }) => {
      const { id, name } = this.#credential(credential);
      this.reminders = this.reminders.filter((one) => one.credential.id !== id);
      this.emit({ name: 'changed', payload: { topic: 'credentials' } });
      return { credential: name };
    },
    listActivity: async ({ limit = 200, before = Number.POSITIVE_INFINITY, credential, rotation }) =>
      this.activity
        .filter(({ position }) => position < before)
        .filter((one) => credential === undefined || one.credential === this.#credential(credential).name)
        .filter(({ rotationId }) => rotation === undefined || rotationId === rotation)
        .slice(0, limit),
    exportActivity: async ({ credential }) => ({
      csv: activityCsv(
        this.activity.filter((one) => credential === undefined || one.credential === this.#credential(credential).name),
      ),
    }),
    listConnections: async () => this.connections,
    planConnection: async ({ host, connect }) => connectionChange(host, connect),
    changeConnection: async ({ host, connect }) => {
      const state = connect ? 'connected' : 'not-connected';
      this.connections = this.connections.map((one) => (one.host === host ? { ...one, state } : one));
      this.emit({ name: 'changed', payload: { topic: 'hosts' } });
      return connectionChange(host, connect);
    },
    getPractice: async () => ({ practice: this.practice }),
    startPractice: async ({ trouble }) => {
      const inPractice = new ScriptedCore();
      inPractice.credentials = [{ ...this.#credential('work'), name: 'practice', providerName: 'Practice service' }];
      inPractice.on((event) => {
        if (event.name === 'rotation') this.#changePractice(practice(trouble, event.payload.step === 'ended'));
        if (event.name !== 'practice') this.emit({ name: 'practice', payload: event });
      });
      this.inPractice = inPractice;
      return this.#changePractice(practice(trouble, false));
    },
    endPracticeTrouble: async () => this.#changePractice({ ...practice('file-locked', true), troubleEnded: true }),
    endPractice: async () => {
      this.practice = null;
      this.emit({ name: 'changed', payload: { topic: 'practice' } });
      return {};
    },
    callPractice: async ({ name, input }, caller) => ({
      answer: await this.inPractice?.callUntyped(name, input, caller),
    }),
  };

  #changePractice(view: PracticeView): PracticeView {
    this.practice = { ...view, id: this.practice?.id ?? view.id };
    this.emit({ name: 'changed', payload: { topic: 'practice' } });
    return this.practice;
  }
}
