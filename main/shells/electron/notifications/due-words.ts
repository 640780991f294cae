import type { Reminder } from '../../../reminders/reminder.schema.ts';
import { keyRoute, rotationRoute } from '../pages/address.ts';

/** What a notification says, and which page it opens. */
export interface DueWords {
  readonly title: string;
  readonly body: string;
  readonly route: string;
}

/** @param reminders at least one. */
export function dueWords(reminders: readonly Reminder[]): DueWords {
  const [first] = reminders;
  const title = dueTitle(reminders);
  if (first && reminders.length === 1) return { title, body: bodyOf(first), route: routeOf(first) };
  const names = [...new Set(reminders.map(({ credential }) => `“${credential.name}”`))];
  return { title, body: names.join(', '), route: '/keys' };
}

/** Names of keys, and nothing of the keys themselves: a notification may stand on a locked screen. */
export function dueTitle(reminders: readonly Reminder[]): string {
  const [first] = reminders;
  if (first && reminders.length === 1) {
    const { name } = first.credential;
    return first.kind === 'old-key' ? `The old key of “${name}” still works` : `“${name}” is due to be rotated`;
  }
  return reminders.every(({ kind }) => kind === 'rotation')
    ? `${reminders.length} keys are due to be rotated`
    : `${reminders.length} keys need you: to be rotated or revoked`;
}

/** `93 days old`. */
export function daysOld(age: number): string {
  if (age === 0) return 'new today';
  return age === 1 ? '1 day old' : `${age} days old`;
}

function bodyOf({ kind, provider, age }: Reminder): string {
  return kind === 'old-key' ? `Revoke it on the page of ${provider.name}.` : `It is ${daysOld(age)}.`;
}

function routeOf({ rotationId, credential }: Reminder): string {
  return rotationId === null ? keyRoute(credential.id) : rotationRoute(rotationId);
}
