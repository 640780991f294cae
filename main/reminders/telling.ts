import type { Reminder, RemindersFile } from './reminder.schema.ts';

/** How long a reminder rests after it was told, or put off: a week, in milliseconds. */
export const REST_MS = 7 * 24 * 60 * 60_000;

type Told = RemindersFile['told'][number];

export interface Telling {
  /** What the person is to be told now. */
  readonly tell: readonly Reminder[];
  /** What to remember of it. */
  readonly file: RemindersFile;
}

/**
 * What to tell of all that is due: each once per date, again when it is still due a week later, and nothing that was put
 * off. Pure.
 *
 * A time in the file that can't be, since it lies too far in the future, comes from a clock that was set back since.
 */
export function telling(due: readonly Reminder[], file: RemindersFile, now: Date): Telling {
  const aWeekOn = new Date(now.getTime() + REST_MS);
  const snoozed = file.snoozed
    .map((one) => ({ ...one, until: earlier(one.until, aWeekOn) }))
    .filter(({ until }) => Date.parse(until) > now.getTime());
  const rests = file.told
    .map((one) => ({ ...one, at: earlier(one.at, now) }))
    .filter(({ at }) => Date.parse(at) + REST_MS > now.getTime());
  const tell = due.filter(
    (reminder) =>
      !snoozed.some(({ credentialId }) => credentialId === reminder.credential.id) &&
      !rests.some((told) => isAbout(told, reminder)),
  );
  return { tell, file: { version: 1, told: [...rests, ...tell.map((reminder) => toldNow(reminder, now))], snoozed } };
}

/** Puts all that is due of this credential off for a week. Pure. */
export function putOff(file: RemindersFile, credentialId: string, now: Date): RemindersFile {
  const others = file.snoozed.filter((one) => one.credentialId !== credentialId);
  const until = new Date(now.getTime() + REST_MS).toISOString();
  // What was told and put off is told again when the rest is over, not a week after it was told.
  const told = file.told.filter((one) => one.credentialId !== credentialId);
  return { version: 1, told, snoozed: [...others, { credentialId, until }] };
}

function toldNow({ kind, credential, dueAt, rotationId }: Reminder, now: Date): Told {
  return { kind, credentialId: credential.id, dueAt, rotationId, at: now.toISOString() };
}

function isAbout(told: Told, { kind, credential, dueAt, rotationId }: Reminder): boolean {
  return (
    told.kind === kind && told.credentialId === credential.id && told.dueAt === dueAt && told.rotationId === rotationId
  );
}

function earlier(at: string, limit: Date): string {
  return Date.parse(at) <= limit.getTime() ? at : limit.toISOString();
}
