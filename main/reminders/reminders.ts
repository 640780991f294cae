import { RekeyError } from '../errors.ts';
import type { JsonFile } from '../storage/json-file.ts';
import type { Reminder, RemindersFile } from './reminder.schema.ts';
import { putOff, telling } from './telling.ts';

export class ReminderError extends RekeyError<'reminder-not-due'> {}

/** Often enough that a machine which slept over a date, and its timers with it, tells soon after it wakes: 10 minutes. */
const LOOK_EVERY_MS = 10 * 60_000;
/** Whoever chooses a period tries another one next. */
const SOON_MS = 1_000;

interface Parts {
  readonly file: Pick<JsonFile<RemindersFile>, 'read' | 'write'>;
  readonly now: () => Date;
  /** Everything that is due now. */
  readonly whatIsDue: () => Promise<readonly Reminder[]>;
  /** Called with what the person is to be told, never with nothing. */
  readonly onTell: (reminders: readonly Reminder[]) => void;
}

/** Tells what has become due: as the app starts, after another period was chosen, and by the clock. Keeps no process alive. */
export class Reminders {
  readonly #parts: Parts;
  #timer: NodeJS.Timeout | null = null;
  #soon: NodeJS.Timeout | null = null;
  #queue: Promise<void> = Promise.resolve();
  /** What the file should hold and could not be made to: a full disk is no reason to tell the same every ten minutes. */
  #unwritten: RemindersFile | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Returns when the first look is over; what it has found is told just after, when whoever has awaited this can listen. */
  async start(): Promise<void> {
    this.#timer = setInterval(() => void this.#look(), LOOK_EVERY_MS);
    this.#timer.unref();
    await this.#look();
  }

  /** Another period was chosen, by which something may be due. However often it is called meanwhile, one look is taken. */
  lookSoon(): void {
    if (this.#timer === null || this.#soon) return;
    this.#soon = setTimeout(() => {
      this.#soon = null;
      void this.#look();
    }, SOON_MS);
    this.#soon.unref();
  }

  /** What is due and was not put off, the longest due first. @throws {StorageError} */
  async list(): Promise<Reminder[]> {
    const [due, { snoozed }] = await Promise.all([this.#parts.whatIsDue(), this.#read()]);
    const now = this.#parts.now().getTime();
    const isPutOff = ({ credential }: Reminder): boolean =>
      snoozed.some(({ credentialId, until }) => credentialId === credential.id && Date.parse(until) > now);
    return due.filter((reminder) => !isPutOff(reminder));
  }

  /**
   * Puts all that is due of a credential off for a week.
   * @throws {ReminderError} when nothing is, {StorageError}
   */
  async snooze({ id, name }: { readonly id: string; readonly name: string }): Promise<void> {
    const due = await this.#parts.whatIsDue();
    if (!due.some(({ credential }) => credential.id === id)) {
      throw new ReminderError(
        'reminder-not-due',
        `Nothing is due for “${name}”, so there is nothing to put off. Nothing was changed.`,
        'Rekey reminds you when it is.',
      );
    }
    await this.#alone(async () => {
      await this.#parts.file.write(putOff(await this.#read(), id, this.#parts.now()));
      this.#unwritten = null;
    });
  }

  /** Returns when nothing is looked at any more. */
  async close(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    if (this.#soon) clearTimeout(this.#soon);
    this.#timer = null;
    await this.#queue;
  }

  /** What can't be read now is told wherever it is shown, and is looked at again. */
  async #look(): Promise<void> {
    await this.#alone(() => this.#tellDue()).catch(() => {});
  }

  async #tellDue(): Promise<void> {
    const { file, now, whatIsDue, onTell } = this.#parts;
    const before = await this.#read();
    const { tell, file: after } = telling(await whatIsDue(), before, now());
    if (this.#timer === null) return;
    if (JSON.stringify(after) !== JSON.stringify(before)) {
      // First, so that a crash in between costs one reminder and does not tell the same at each start.
      this.#unwritten = await file.write(after).then(
        () => null,
        () => after,
      );
    }
    if (tell.length > 0) setImmediate(() => onTell(tell));
  }

  async #read(): Promise<RemindersFile> {
    return this.#unwritten ?? (await this.#parts.file.read());
  }

  #alone(work: () => Promise<void>): Promise<void> {
    const done = this.#queue.then(work);
    this.#queue = done.catch(() => {});
    return done;
  }
}
