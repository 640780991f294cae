import type { RotateEveryDays } from '../../credentials/credential.schema.ts';
import { credentialViewer } from '../credential-view.ts';
import type { Handlers } from '../dispatch.ts';
import type { CallParts } from '../parts.ts';
import { askedBy } from '../who.ts';

type ReminderCalls = Pick<Handlers, 'listReminders' | 'setReminder' | 'snoozeReminder'>;

export function reminderHandlers(parts: CallParts): ReminderCalls {
  const { credentials, reminders, activity, emit } = parts;
  return {
    listReminders: () => reminders.list(),

    async setReminder({ credential: ref, everyDays }, caller) {
      const { id } = await credentials.find(ref);
      const credential = await credentials.update(id, { rotateEveryDays: everyDays });
      reminders.lookSoon();
      await activity.add({
        kind: 'reminder-changed',
        credential: credential.name,
        rotationId: null,
        ...askedBy(caller),
        detail: periodWords(everyDays),
      });
      emit({ name: 'changed', payload: { topic: 'credentials' } });
      return (await credentialViewer(parts))(credential);
    },

    async snoozeReminder({ credential: ref }, caller) {
      const credential = await credentials.find(ref);
      await reminders.snooze(credential);
      await activity.add({
        kind: 'reminder-changed',
        credential: credential.name,
        rotationId: null,
        ...askedBy(caller),
        detail: 'in a week',
      });
      emit({ name: 'changed', payload: { topic: 'credentials' } });
      return { credential: credential.name };
    },
  };
}

function periodWords(everyDays: RotateEveryDays | null): string {
  if (everyDays === null) return 'as in the settings';
  return everyDays === 0 ? 'off' : `every ${everyDays} days`;
}
