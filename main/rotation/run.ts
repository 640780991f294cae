import type { BackupStore } from '../backups/backup-store.ts';
import type { Stamp } from '../configs/stamp.ts';
import type { Credential } from '../credentials/credential.schema.ts';
import type { Secret } from '../credentials/secret.ts';
import type { ErrorView } from '../errors.ts';
import type { HttpAnswer } from '../providers/http.ts';
import type { Attempt, Provider, Subject } from '../providers/provider.ts';
import { emptyMemory, type Memory } from './memory.ts';
import { offersOf } from './offers.ts';
import type { RotationParts } from './parts.ts';
import type { Outcome, Rotation, Step } from './rotation.schema.ts';
import { tidyUp } from './tidy.ts';

/** Name of the new key where the service names keys: no other rotation's, and the same after a crash. */
export function keyName({ id, startedAt }: Pick<Rotation, 'id' | 'startedAt'>): string {
  return `rekey ${startedAt.slice(0, 10)} ${id.replaceAll('-', '').slice(0, 12)}`;
}

/** One rotation under way: its journal record, and what only memory holds. */
export class Run {
  readonly parts: RotationParts;
  /** Whose key asks. */
  readonly credential: Credential;
  /** Whose key is replaced; null when it is new to Rekey. */
  readonly target: Credential | null;
  readonly provider: Provider;
  /** The answer of the one request, from its arrival until it is staged: the receipt's twin. */
  answer: HttpAnswer | null = null;
  answerOnDisk = false;
  /** The one request is on its way. */
  awaitsAnswer = false;
  /** Keeps versions of files; null before the first one is to be kept. */
  keep: BackupStore['keep'] | null = null;
  /** Versions that are kept already, by their hash, for each file. */
  readonly kept = new Map<string, string>();
  /** What was written into files, by its hash, for each file. */
  readonly written = new Map<string, string>();
  /** Stamps of files in which the old key was not found any more. */
  readonly clean = new Map<string, Stamp>();
  memory: Memory = emptyMemory();
  /** It waits for something, or is about to: the journal may not say so yet. */
  waits = false;
  #record: Rotation;
  #isTidy = false;
  /** Settles when the change before is done. */
  #before: Promise<unknown> = Promise.resolve();

  private constructor(parts: RotationParts, record: Rotation, credential: Credential, target: Credential | null) {
    this.parts = parts;
    this.#record = record;
    this.credential = credential;
    this.target = target;
    this.provider = parts.providers.get(credential.provider);
  }

  /** @throws {CredentialError} `credential-unknown`, {ProviderError} `provider-unknown`. */
  static async open(parts: RotationParts, record: Rotation): Promise<Run> {
    const all = await parts.credentials.list();
    const credential = await parts.credentials.find(record.credential.id);
    return new Run(parts, record, credential, all.find(({ id }) => id === record.target.id) ?? null);
  }

  get record(): Rotation {
    return this.#record;
  }

  /** As the key that authenticates the rotation, with what the service has told of the old key. */
  get subject(): Subject {
    const subject = subjectOf(this.credential, this.record.agentId);
    return { ...subject, settings: { ...subject.settings, ...this.record.learned } };
  }

  /** As the key that is replaced: the same, an agent's own, or one that another key manages. */
  get targetSubject(): Subject {
    const { provider, subject, target, credential } = this;
    if (provider.rotatesAnother(subject)) return provider.otherSubject(subject);
    return target && target.id !== credential.id ? subjectOf(target, null) : subject;
  }

  get attempt(): Attempt {
    const { id, graceMinutes } = this.record;
    return {
      idempotencyKey: id,
      // An answer that is read after a crash is one of then.
      now: this.requestedAt === null ? this.parts.now() : new Date(this.requestedAt),
      name: keyName(this.record),
      graceMinutes: graceMinutes ?? 0,
    };
  }

  /** The key that is to die or has died; null when Rekey never knew it (an agent's). */
  async oldKey(): Promise<Secret | null> {
    const { credentials } = this.parts;
    const { target, oldFingerprint } = this.record;
    if (oldFingerprint === null) return null;
    if (this.memory.asked?.fingerprint === oldFingerprint) return this.memory.asked;
    const previous = await credentials.previousOf(target.id);
    if (previous?.fingerprint === oldFingerprint) return previous;
    return credentials.secretOf(target.id);
  }

  /** When the request was about to be sent, in milliseconds since 1970; null before. */
  get requestedAt(): number | null {
    const entry = this.record.history.find(({ step }) => step === 'requested');
    return entry ? Date.parse(entry.at) : null;
  }

  /** The request may have left, or the key that comes is known: there is no way back, only forward. */
  get pastNoReturn(): boolean {
    return this.record.history.some(({ step }) => step === 'requested' || step === 'staged');
  }

  /**
   * Writes the change to the journal, with what was only noted until then, waits until it is on disk, and tells everyone.
   *
   * Past the point of no return a journal that can't be written (a full disk) stops nothing: the new key is on its way
   * to the keychain, and what is found there after a crash tells the rest.
   * @throws {RotationError} `journal-failed` before that point.
   */
  async save(change: Partial<Rotation> = {}): Promise<void> {
    if (change.waiting !== undefined) this.waits = change.waiting !== null;
    await this.#change(() => change, true);
  }

  /**
   * Tells everyone, and leaves it to the next {@link save} to bring the change to the disk: for what is found out again, or
   * does no harm when it is done again, after a crash in between.
   */
  async note(change: Partial<Rotation>): Promise<void> {
    await this.#change(() => change, false);
  }

  /** The step is done: from here on, and after a crash too, the next one is. */
  async reach(step: Step, change: Partial<Rotation> = {}, note: string | null = null): Promise<void> {
    await this.#change((record) => this.#atStep(record, step, change, note), true);
  }

  /** The same as {@link note}. */
  async pass(step: Step, change: Partial<Rotation> = {}, note: string | null = null): Promise<void> {
    await this.#change((record) => this.#atStep(record, step, change, note), false);
  }

  /** @returns whether nothing is left any more of what only a rotation under way needs. */
  async tidyUp(outcome: Outcome = 'done'): Promise<boolean> {
    this.#isTidy ||= await tidyUp(this.parts, this.record, outcome).then(
      () => true,
      () => false,
    );
    return this.#isTidy;
  }

  async end(outcome: Outcome, problem: ErrorView | null = null, change: Partial<Rotation> = {}): Promise<void> {
    const tidy = await this.tidyUp(outcome);
    await this.reach('ended', { ...change, outcome, problem, tidy }, outcome);
    this.parts.onEnd(this.record);
  }

  #atStep({ history }: Rotation, step: Step, change: Partial<Rotation>, note: string | null): Partial<Rotation> {
    const entry = { step, at: this.parts.now().toISOString(), note };
    return { ...change, step, waiting: null, history: [...history, entry] };
  }

  /** One change after the other, each to what the one before has made of the record. */
  #change(changeOf: (record: Rotation) => Partial<Rotation>, isWritten: boolean): Promise<void> {
    const change = this.#before.then(async () => {
      const changed = { ...this.#record, ...changeOf(this.#record), updatedAt: this.parts.now().toISOString() };
      const record = { ...changed, offers: offersOf(changed, this.answer !== null) };
      try {
        if (isWritten) await this.parts.journal.write(record);
      } catch (error) {
        if (!this.pastNoReturn) throw error;
      }
      this.#record = record;
      this.parts.onChange(this.#record);
    });
    this.#before = change.catch(() => {});
    return change;
  }

  /** Stands still until someone goes on with it; the step stays. */
  async wait(on: 'keychain' | 'service' | 'person', problem: ErrorView): Promise<void> {
    this.memory = emptyMemory();
    await this.save({ waiting: { on, problem } });
  }
}

export function subjectOf(credential: Credential, agentId: string | null): Subject {
  return { baseUrl: new URL(credential.baseUrl), kind: credential.kind, settings: credential.settings, agentId };
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
