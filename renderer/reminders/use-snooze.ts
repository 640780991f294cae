import { useTranslation } from 'react-i18next';
import type { Reminder } from '../../main/reminders/reminder.schema.ts';
import { useSay } from '../app/say.tsx';
import { useRekey } from '../data/use-rekey.tsx';

/** Puts reminders off for a week, and says so. */
export function useSnooze(): (reminders: readonly Pick<Reminder, 'credential'>[]) => Promise<void> {
  const { t } = useTranslation();
  const { api, answers } = useRekey();
  const say = useSay();
  return async (reminders) => {
    for (const { credential } of reminders) await api.call('snoozeReminder', { credential: credential.id });
    await answers.ask('listReminders');
    say(t('reminders.snoozed'));
  };
}
