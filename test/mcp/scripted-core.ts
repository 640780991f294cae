import { createHash, randomUUID } from 'node:crypto';
import type { ActivityEntry } from '../../main/activity/activity.schema.ts';
import type { Approval } from '../../main/approvals/approval.schema.ts';
import { Approvals } from '../../main/approvals/approvals.ts';
import { Batches, type Look } from '../../main/approvals/batches.ts';
import { approverOf } from '../../main/approvals/policy.ts';
import type { BackupView, LeftKey } from '../../main/backups/backup.schema.ts';
import { type Caller, requesterOf } from '../../main/calls/caller.ts';
import { type Core, dispatch, type Handlers } from '../../main/calls/dispatch.ts';
import { desktopHandlers } from '../../main/calls/handlers/desktop.ts';
import { Secret } from '../../main/credentials/secret.ts';
import { NO_DESKTOP } from '../../main/desktop/desktop-parts.ts';
import { type ErrorView, RekeyError } from '../../main/errors.ts';
import type { HostView } from '../../main/hosts/host.schema.ts';
import type { McpBackend } from '../../main/mcp/server.ts';
import type { Grace, ProviderView } from '../../main/providers/provider.schema.ts';
import { newRecord } from '../../main/rotation/new-record.ts';
import { offersOf } from '../../main/rotation/offers.ts';
import type { Plan } from '../../main/rotation/plan.schema.ts';
import type { Offer, Outcome, Restart, Revocation, Rotation, Step } from '../../main/rotation/rotation.schema.ts';
import type { FoundKey } from '../../main/scan/scan.schema.ts';
import type { AnyEvent, CallName, CredentialView, KeychainState, Settings } from '../../preload/contract.ts';
import { scriptedServices } from '../e2e/scripted/services.ts';

/** The key that the script's rotations give: tests look for it in every byte that leaves. */
export const NEW_KEY = 'sk-live-new-key-that-nobody-may-see';
export const NEW_FINGERPRINT = new Secret(NEW_KEY).fingerprint;
const OLD_FINGERPRINT = new Secret('sk-live-old').fingerprint;

/** A key that is refused as one that the service doesn't take. */
export const REFUSED_KEY = 'sk-live-refused-by-the-service';

export interface Script {
  readonly names?: readonly string[];
  readonly desktop?: boolean;
  readonly allowScripted?: boolean;
  readonly approvalWindowMs?: number;
  readonly outcome?: Outcome;
  /** The same for single keys, by name. */
  readonly outcomes?: Readonly<Record<string, Outcome>>;
  /** Keys of which no rotation can be planned, by name. */
  readonly unplannable?: Readonly<Record<string, ErrorView>>;
  /** Keys whose rotation can't begin once it is approved, by name. */
  readonly cannotBegin?: Readonly<Record<string, ErrorView>>;
  /** Stands still before its end, as when the keychain is locked. */
  readonly waitsOn?: 'keychain' | 'service' | 'person';
  /** Pause before each step, in milliseconds. */
  readonly stepMs?: number;
  /** The rotation is approved and never begins. */
  readonly neverStarts?: boolean;
  readonly keychain?: KeychainState;
  readonly projectFolders?: readonly string[];
  /** The host is an app that Rekey may quit and start again. */
  readonly desktopApp?: boolean;
  /** What a restored file still holds. */
  readonly leftKeys?: LeftKey[];
  /** For how long the old key may work on. */
  readonly grace?: Grace;
  /** The old key lives on after a rotation, and these end it. */
  readonly oldKeyEndedBy?: Revocation['by'];
  /** The host that runs with the old key at the end is one that Rekey can restart. */
  readonly hostIsDesktopApp?: boolean;
  /** The new key of a rotation that stands still is in memory. */
  readonly inMemory?: boolean;
  /** Further secrets that come with a key. */
  readonly companions?: ProviderView['companions'];
}

const STEPS: readonly Step[] = ['preflighted', 'requested', 'answered', 'staged', 'verified', 'promoted', 'patched'];
const AFTER_PASTE: readonly Step[] = ['staged', 'verified', 'promoted', 'patched'];
const BAD: readonly Outcome[] = ['stopped', 'declined', 'unchanged', 'lost'];

/**
 * A core whose calls go through the contract and whose approvals are the real ones; keys, files and services are a
 * script. `calls` notes what came in, and from whom.
 */
export class ScriptedCore implements McpBackend {
  readonly version = '9.9.9';
  readonly calls: { name: string; input: unknown; caller: Caller }[] = [];
  readonly core: Core;
  /** Approvals whose key was taken. */
  readonly taken: string[] = [];
  readonly #script: Script;
  readonly #listeners = new Set<(event: AnyEvent) => void>();
  readonly #rotations = new Map<string, Rotation>();
  readonly #approvals: Approvals;
  readonly #batches: Batches;
  #credentials: CredentialView[];
  #keychain: KeychainState;
  #settings: Settings;

  constructor(script: Script = {}) {
    this.#script = script;
    this.#credentials = (script.names ?? ['work']).map(credentialOf);
    this.#keychain = script.keychain ?? { kind: 'os', status: 'ready', problem: null };
    this.#settings = {
      allowScriptedConfirmation: script.allowScripted ?? true,
      projectFolders: [...(script.projectFolders ?? [])],
      rotateEveryDays: 90,
      language: 'system',
      welcomed: true,
    };
    this.#approvals = new Approvals({
      now: () => new Date(),
      onChange: (payload) => this.#emit({ name: 'approval', payload }),
      windowMs: script.approvalWindowMs ?? 60_000,
    });
    this.#batches = new Batches(this.#approvals);
    const handlers = this.#handlers();
    const callUntyped = (name: string, input: unknown, caller: Caller): Promise<unknown> => {
      this.calls.push({ name, input, caller });
      return dispatch(handlers, name, input, caller);
    };
    this.core = {
      // The contract's schema has checked the answer of exactly this call.
      call: async (name, input, caller) => (await callUntyped(name, input, caller)) as never,
      callUntyped,
      on: (listener) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
    };
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  get approvals(): Approvals {
    return this.#approvals;
  }

  get latest(): Rotation | undefined {
    return [...this.#rotations.values()].at(-1);
  }

  callsOf(name: CallName): { input: unknown; caller: Caller }[] {
    return this.calls.filter((call) => call.name === name);
  }

  async takeKeyForClient(approvalId: string): Promise<Secret | null> {
    const { giveKeyToClient } = this.#approvals.get(approvalId);
    if (!giveKeyToClient || this.taken.includes(approvalId)) return null;
    this.taken.push(approvalId);
    return new Secret(NEW_KEY);
  }

  /** What a person does in the page: confirms the one request that waits. */
  async approveAsPerson(giveKeyToClient = false): Promise<void> {
    const approval = await this.waiting();
    const caller: Caller = {
      carrier: this.#script.desktop ? 'confirmation-window' : 'page',
      program: null,
      pid: null,
      client: null,
    };
    await this.core.call('approve', { id: approval.id, planHash: approval.plan.hash, giveKeyToClient }, caller);
  }

  /** The request that waits, as soon as there is one. */
  async waiting() {
    for (;;) {
      const found = this.#approvals.list().find(({ state }) => state === 'waiting');
      if (found) return found;
      await pause(5);
    }
  }

  close(): void {
    this.#approvals.close();
  }

  #emit(event: AnyEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  #find(ref: string): CredentialView {
    const found = this.#credentials.find(({ id, name }) => id === ref || name.toLowerCase() === ref.toLowerCase());
    if (found) return found;
    throw new RekeyError('credential-unknown', 'There is no such key. Nothing was changed.', 'See the list of keys.');
  }

  #handlers(): Handlers {
    return {
      getStatus: async () => ({
        version: this.version,
        pid: process.pid,
        shell: this.#script.desktop ? 'electron' : 'browser',
        platform: 'linux',
        dataFolder: '/data/rekey',
        keychain: this.#keychain,
        notices: [{ code: 'file-set-aside', message: 'A file was moved aside.', wayOut: 'Look at it.' }],
      }),
      show: async () => ({ shown: true }),
      ...desktopHandlers({ desktopParts: NO_DESKTOP, emit: (event) => this.#emit(event) }),
      getSettings: async () => this.#settings,
      changeSettings: async ({ allowScriptedConfirmation, projectFolders, rotateEveryDays, language, welcomed }) => {
        this.#settings = {
          allowScriptedConfirmation: allowScriptedConfirmation ?? this.#settings.allowScriptedConfirmation,
          projectFolders: projectFolders ?? this.#settings.projectFolders,
          rotateEveryDays: rotateEveryDays ?? this.#settings.rotateEveryDays,
          language: language ?? this.#settings.language,
          welcomed: welcomed ?? this.#settings.welcomed,
        };
        return this.#settings;
      },
      chooseKeychain: async (choice) => {
        this.#keychain = { kind: choice.kind, status: 'ready', problem: null };
        return this.#keychain;
      },
      unlockKeychain: async () => {
        this.#keychain = { ...this.#keychain, status: 'ready', problem: null };
        return this.#keychain;
      },
      listProviders: async () => [
        {
          id: 'bitscale',
          name: 'BitScale',
          origin: 'built-in',
          strategy: 'in-place',
          verifies: true,
          keysPage: 'https://example.com/keys',
          baseUrls: ['https://example.com/'],
          envNames: ['BITSCALE_API_KEY'],
          keyHint: 'starts with sk-live-',
          settings: [],
          settingsOfKey: [],
          companions: [...(this.#script.companions ?? [])],
        },
      ],
      ...scriptedServices(),
      listCredentials: async () => this.#credentials,
      addCredential: async ({ name, key, evenIfRefused }) => {
        if (key === REFUSED_KEY && !evenIfRefused) {
          throw new RekeyError('credential-key-refused', 'The service does not accept this key.', 'Get another one.');
        }
        const credential = { ...credentialOf(name), fingerprint: new Secret(key).fingerprint };
        this.#credentials = [...this.#credentials, credential];
        return credential;
      },
      removeCredential: async ({ credential }) => {
        const { id, name } = this.#find(credential);
        this.#credentials = this.#credentials.filter((other) => other.id !== id);
        return { removed: name };
      },
      verifyCredential: async ({ credential }) => {
        const found = this.#find(credential);
        const state = found.name.startsWith('dead') ? 'refused' : 'accepted';
        return { credential: found, state, account: 'me@example.com', reason: state === 'refused' ? '401' : null };
      },
      copyKey: async () => ({ clearedAfterSeconds: 30 }),
      listHosts: async () => [HOST, { ...HOST, id: 'absent', name: 'Absent', detected: false, hasSomething: false }],
      listBackups: async ({ file }) => ({
        backups: BACKUPS.filter((backup) => file === undefined || backup.file === file),
        damaged: [],
      }),
      restoreBackup: async ({ file, at, asItWas }) => ({
        file,
        at: at ?? '',
        changed: true,
        replaced: '2026-05-25T12:00:00.000Z',
        keys: asItWas ? 'as-it-was' : 'current',
        putIn: asItWas ? [] : [{ credential: 'work', places: 2 }],
        left: this.#script.leftKeys ?? [],
      }),
      scanFiles: async () => ({ findings: FOUND_KEYS, problems: [] }),
      takeIn: async ({ name, evenIfRefused }) => {
        if (name === 'refused' && !evenIfRefused) {
          throw new RekeyError('credential-key-refused', 'The service does not accept this key.', 'Get another one.');
        }
        const credential = credentialOf(name);
        this.#credentials = [...this.#credentials, credential];
        return credential;
      },
      redactKey: async ({ file, credential }) => ({
        file,
        credential: this.#find(credential).name,
        places: file === FILE ? 2 : 0,
        kept: file === FILE ? AT : null,
      }),
      patchCopy: async ({ path, credential }) => ({ path, credential, places: 1, kept: AT }),
      deleteCopy: async ({ path }) => ({ path, kept: AT }),
      planRotation: async ({ credential, agentId }) => this.#plan(credential, agentId ?? null),
      requestRotation: async ({ credential, agentId, byHand, undo }, caller) => {
        const way = undo ? 'undo' : byHand ? 'by-hand' : 'request';
        const plan = { ...this.#plan(credential, agentId ?? null), way, undoes: undo ?? null } as const;
        return this.#approvals.ask(plan, requesterOf(caller));
      },
      listApprovals: async () => this.#approvals.list(),
      getApproval: async ({ id }) => this.#approvals.get(id),
      requestRotations: async ({ credentials, file }, caller) => {
        const wanted = file === undefined ? (credentials ?? []) : this.#credentials.map(({ name }) => name);
        const looks = wanted.map((credential): Look => {
          const problem = this.#script.unplannable?.[credential];
          return problem ? { credential, problem } : { credential, plan: this.#plan(credential, null) };
        });
        return this.#batches.ask(looks, requesterOf(caller));
      },
      getBatch: async ({ batch }) => this.#batches.get(batch),
      approveBatch: ({ batch, approvals }, caller) => {
        const approver = approverOf(caller.carrier, this.#rules);
        return this.#batches.approve(batch, approvals, approver, async (approved) => this.#begin(approved));
      },
      approve: async ({ id, planHash, ...choices }, caller) => {
        const approver = approverOf(caller.carrier, this.#rules);
        return this.#begin(this.#approvals.approve(id, planHash, approver, choices));
      },
      withdraw: async ({ id }) => this.#approvals.withdraw(id),
      deny: async ({ id }) => this.#approvals.deny(id, 'page'),
      listRotations: async () => [...this.#rotations.values()].reverse(),
      getRotation: async ({ id }) => this.#rotation(id),
      adoptKey: async ({ id, key, evenIfRefused }) => {
        const before = this.#offering(id, 'paste-key');
        if (key === REFUSED_KEY && !evenIfRefused) {
          throw new RekeyError('credential-key-refused', 'The service does not accept this key.', 'Copy it once more.');
        }
        this.#save({ ...before, step: 'answered', outcome: null, problem: null, waiting: null });
        void this.#run(id, AFTER_PASTE, 'done');
        return this.#rotation(id);
      },
      copyNewKey: async ({ id }) => {
        this.#offering(id, 'copy-key');
        return { clearedAfterSeconds: 30 };
      },
      giveUpRotation: async ({ id }) => {
        this.#save({ ...this.#offering(id, 'give-up'), waiting: null });
        this.#reach(id, 'ended', { outcome: 'given-up' });
        return this.#rotation(id);
      },
      revokeOldKey: async ({ id, skipLeft }) => {
        const { revocation, sites, ...rest } = this.#offering(id, 'revoke');
        if (sites.some(({ state }) => state === 'to-do') && !skipLeft) {
          throw new RekeyError('not-revoked', 'The old key still stands in a file.', 'See to it first.');
        }
        const skipped = sites.map((one) => (one.state === 'to-do' ? { ...one, state: 'skipped' as const } : one));
        this.#save({ ...rest, sites: skipped, revocation: revocation && { ...revocation, state: 'revoked' } });
        return this.#rotation(id);
      },
      restartHost: async ({ id, host }) => {
        const { restarts, ...rest } = this.#rotation(id);
        this.#save({ ...rest, restarts: restarts.map((one) => (one.id === host ? { ...one, state: 'done' } : one)) });
        return this.#rotation(id);
      },
      resumeRotation: async ({ id }) => {
        const before = this.#rotation(id);
        this.#save({ ...before, waiting: null });
        const resumed = this.#rotation(id);
        void this.#run(id, [], 'done');
        return resumed;
      },
      listReminders: async () => [],
      setReminder: async ({ credential, everyDays }) => {
        const days = everyDays ?? this.#settings.rotateEveryDays;
        const view: CredentialView = {
          ...this.#find(credential),
          rotateEveryDays: everyDays,
          dueAt: days === 0 ? null : '2026-08-23T12:00:00.000Z',
          due: days === 30,
        };
        this.#credentials = this.#credentials.map((one) => (one.id === view.id ? view : one));
        return view;
      },
      snoozeReminder: async ({ credential }) => ({ credential: this.#find(credential).name }),
      listConnections: async () => [],
      planConnection: notHere,
      changeConnection: notHere,
      getPractice: async () => ({ practice: null }),
      startPractice: notHere,
      endPracticeTrouble: notHere,
      endPractice: notHere,
      callPractice: notHere,
      exportActivity: async ({ credential = '' }) => ({ csv: `at,credential\r\n${AT},"${credential}\u001b"\r\n` }),
      listActivity: async ({ limit, credential }) =>
        [
          {
            at: AT,
            position: 900,
            kind: 'credential-added',
            credential: 'work',
            rotationId: null,
            who: 'page',
            detail: 'bitscale',
          } as const,
          {
            at: AT,
            position: 800,
            kind: 'credential-verified',
            credential: 'work',
            rotationId: null,
            who: 'page',
            detail: null,
          } as const,
          ENDED_ENTRY,
        ]
          .filter((entry) => credential === undefined || entry.credential === credential)
          .slice(0, limit),
    };
  }

  get #rules() {
    return { desktop: this.#script.desktop ?? false, allowScripted: this.#script.allowScripted ?? true };
  }

  #begin(approved: Approval): Approval {
    if (this.#script.neverStarts) return approved;
    const problem = this.#script.cannotBegin?.[approved.plan.target.name];
    if (problem) {
      this.#approvals.fail(approved.id, problem);
      throw new RekeyError(problem.code, problem.message, problem.wayOut);
    }
    const rotation = rotationOf(approved);
    this.#save(rotation);
    void (rotation.way === 'by-hand' ? this.#waitForPaste(rotation.id) : this.#run(rotation.id, STEPS));
    return this.#approvals.attach(approved.id, rotation.id);
  }

  #plan(credential: string, agentId: string | null): Plan {
    const plan = planOf(this.#find(credential), agentId);
    const { grace = null } = this.#script;
    return {
      ...plan,
      grace,
      hosts: plan.hosts.map((host) => ({ ...host, isDesktopApp: this.#script.desktopApp ?? false })),
    };
  }

  #rotation(id: string): Rotation {
    const found = this.#rotations.get(id);
    if (found) return found;
    throw new RekeyError('rotation-unknown', 'There is no rotation with this id.', 'Look at the list.');
  }

  #offering(id: string, offer: Offer): Rotation {
    const rotation = this.#rotation(id);
    if (rotation.offers.includes(offer)) return rotation;
    throw new RekeyError('not-offered', 'That can’t be done with this rotation. Nothing was changed.', 'Look at it.');
  }

  #save(rotation: Rotation): void {
    const offers = offersOf(rotation, this.#script.inMemory ?? false);
    this.#rotations.set(rotation.id, { ...rotation, offers, updatedAt: new Date().toISOString() });
    this.#emit({ name: 'rotation', payload: this.#rotation(rotation.id) });
  }

  async #waitForPaste(id: string): Promise<void> {
    for (const step of ['preflighted', 'requested'] as const) {
      await pause(this.#script.stepMs ?? 5);
      this.#reach(id, step, {});
    }
    const problem = {
      code: 'new-key-needed',
      message: 'Rekey waits for the new key.',
      wayOut: 'Make one and paste it.',
    };
    this.#save({ ...this.#rotation(id), waiting: { on: 'person', problem } });
  }

  async #run(id: string, steps: readonly Step[], ending?: Outcome): Promise<void> {
    const own = this.#script.outcomes?.[this.#rotation(id).target.name];
    const outcome = ending ?? own ?? this.#script.outcome ?? 'done';
    const bad = BAD.includes(outcome);
    for (const step of bad ? steps.slice(0, 2) : steps) {
      await pause(this.#script.stepMs ?? 5);
      this.#reach(id, step, step === 'staged' ? { newFingerprint: NEW_FINGERPRINT } : {});
      if (this.#script.waitsOn && step === 'staged') {
        const problem = { code: 'keychain-locked', message: 'The keychain is locked.', wayOut: 'Unlock it.' };
        this.#save({ ...this.#rotation(id), waiting: { on: this.#script.waitsOn, problem } });
        return;
      }
    }
    await pause(this.#script.stepMs ?? 5);
    const left = outcome === 'done-in-part';
    const problem =
      left || bad ? { code: outcome, message: `It ended as ${outcome}.`, wayOut: 'See what is left.' } : null;
    const state = bad ? 'pending' : left ? 'to-do' : 'patched';
    const sites = this.#rotation(id).sites.map((site) => ({ ...site, state, problem }) as const);
    this.#reach(id, 'ended', {
      outcome,
      problem,
      sites,
      revocation: bad ? null : this.#revocationOf(this.#rotation(id)),
      restarts: bad ? [] : [this.#restart()],
    });
  }

  #restart(): Restart {
    const isDesktopApp = this.#script.hostIsDesktopApp ?? false;
    return { id: 'claude', name: 'Claude', reload: 'restart-host', isDesktopApp, state: 'wanted', problem: null };
  }

  #revocationOf({ way, graceMinutes }: Rotation): Revocation | null {
    const by = way === 'by-hand' ? 'person' : this.#script.oldKeyEndedBy;
    if (!by) return null;
    const at = by === 'person' ? null : new Date(Date.parse(AT) + (graceMinutes ?? 0) * 60_000).toISOString();
    return { by, state: 'due', at, problem: null };
  }

  #reach(id: string, step: Step, change: Partial<Rotation>): void {
    const before = this.#rotation(id);
    const history = [...before.history, { step, at: new Date().toISOString(), note: null }];
    this.#save({ ...before, ...change, step, history });
  }
}

const AT = '2026-05-25T10:00:00.000Z';

/** A rotation of another key, with one place done and one left to do. */
const ENDED_ENTRY: ActivityEntry = {
  at: AT,
  position: 0,
  kind: 'rotation-ended',
  credential: 'wallet',
  rotationId: 'r1',
  who: 'rekey',
  by: { via: 'page', program: 'Firefox', client: null, approver: 'page' },
  detail: 'done-in-part',
  rotation: {
    id: 'r1',
    requester: { via: 'page', program: 'Firefox', client: null },
    approver: 'page',
    provider: 'bitscale',
    way: 'request',
    strategy: 'in-place',
    startedAt: AT,
    endedAt: AT,
    outcome: 'done-in-part',
    oldFingerprint: null,
    newFingerprint: null,
    sites: [
      { owner: 'Cursor', file: '/home/me/.cursor/mcp.json', server: null, line: 6, state: 'patched', problem: null },
      { owner: 'Zed', file: '/home/me/zed.json', server: null, line: 9, state: 'to-do', problem: 'file-not-writable' },
    ],
    restarts: [],
    revocation: null,
  },
};

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function credentialOf(name: string): CredentialView {
  return {
    id: randomUUID(),
    name,
    provider: 'bitscale',
    providerName: 'BitScale',
    baseUrl: 'https://example.com/',
    kind: null,
    settings: {},
    fingerprint: OLD_FINGERPRINT,
    companions: [],
    createdAt: AT,
    rotatedAt: null,
    verification: { state: 'accepted', at: AT, account: null },
    cooldown: null,
    masked: `sk-live-•••• (${OLD_FINGERPRINT})`,
    state: 'ok',
    rotationId: null,
    age: 1,
    dueAt: null,
    due: false,
  };
}

const FILE = '/home/me/.config/Claude/claude_desktop_config.json';

const HOST: HostView = {
  id: 'claude',
  name: 'Claude',
  patchable: 'yes',
  byHand: null,
  detected: true,
  hasSomething: true,
  running: true,
  reload: 'restart-host',
  rewritesFile: true,
  files: [{ path: FILE, scope: 'user', exists: true, parses: true, writable: true, problem: null }],
  servers: [{ name: 'bitscale', file: FILE }],
  sites: [{ credential: 'work', file: FILE, server: 'bitscale', place: 'env', path: ['mcpServers'], line: 7 }],
  references: [],
  outside: [{ credential: 'work', isEarlier: true, file: FILE, where: 'comment', line: 3 }],
  copies: [{ path: `${FILE}.bak`, credential: 'work', holdsEarlier: true }],
};

/** One that is known, one that can be taken in, and one of a service that Rekey can't rotate. */
const FOUND_KEYS: FoundKey[] = [
  foundKey({ id: 'known', line: 7, why: { kind: 'known', credential: 'work', isDead: false } }),
  foundKey({ id: 'fresh', line: 12, why: { kind: 'pattern', service: 'BitScale' }, providers: ['bitscale'] }),
  foundKey({ id: 'other', line: 20, masked: 'ghp_•••• (7c6b5a493827)', why: { kind: 'pattern', service: 'GitHub' } }),
];

function foundKey(key: Pick<FoundKey, 'id' | 'line' | 'why'> & Partial<FoundKey>): FoundKey {
  return {
    owner: { kind: 'host', id: 'claude', name: 'Claude' },
    file: FILE,
    scope: 'user',
    where: 'server',
    server: 'bitscale',
    place: 'env',
    path: ['mcpServers', 'bitscale', 'env', 'BITSCALE_API_KEY'],
    times: 1,
    masked: `sk-live-•••• (${OLD_FINGERPRINT})`,
    providers: [],
    ...key,
  };
}

/** Newest first, as the core lists them. */
const BACKUPS: readonly BackupView[] = [
  backupOf('2026-05-25T10:00:00.123Z', 2_048),
  {
    ...backupOf('2026-05-24T22:30:00.000Z', 52_428_800),
    problem: { code: 'backup-damaged', message: 'It is damaged.', wayOut: 'Choose another.' },
  },
  { ...backupOf('2026-05-20T08:00:00.000Z', 300), reason: { kind: 'restore' } },
];

function backupOf(at: string, size: number): BackupView {
  return { file: FILE, at, size, reason: { kind: 'rotation', credential: 'work', rotationId: 'r' }, problem: null };
}

function planOf({ id, name }: CredentialView, agentId: string | null): Plan {
  return {
    hash: createHash('sha256').update(`${id} ${agentId}`).digest('hex'),
    credential: { id, name },
    target: { id, name },
    provider: { id: 'bitscale', name: 'BitScale' },
    strategy: 'in-place',
    way: 'request',
    undoes: null,
    grace: null,
    baseUrl: 'https://example.com/',
    agentId,
    oldFingerprint: OLD_FINGERPRINT,
    consequences: [{ kind: 'old-key-dies-at-once' }, { kind: 'blocked', what: 'withdrawals', minutes: 1_440 }],
    sites: [
      {
        owner: { kind: 'host', id: 'claude', name: 'Claude' },
        alsoReadBy: [],
        file: FILE,
        scope: 'user',
        server: 'bitscale',
        place: 'env',
        form: 'plain',
        role: 'key',
        path: ['mcpServers', 'bitscale', 'env', 'BITSCALE_API_KEY'],
        line: 7,
        before: `      "BITSCALE_API_KEY": "sk-live-•••• (${OLD_FINGERPRINT})"`,
        after: '      "BITSCALE_API_KEY": "sk-live-•••• (new)"',
      },
    ],
    findings: [
      {
        kind: 'in-comment',
        owner: { kind: 'host', id: 'claude', name: 'Claude' },
        file: FILE,
        line: 3,
      },
    ],
    hosts: [
      { id: 'claude', name: 'Claude', running: true, reload: 'restart-host', rewritesFile: true, isDesktopApp: false },
    ],
  };
}

function rotationOf(approval: Approval): Rotation {
  return newRecord({ ...approval, decidedBy: approval.decidedBy ?? 'page' }, new Date().toISOString());
}

/** What is for the pages. */
async function notHere(): Promise<never> {
  throw new RekeyError('call-not-allowed', 'That can’t be done from here.', 'Do it in a page.');
}
