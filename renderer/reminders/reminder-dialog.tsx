import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { RotateEveryDays } from '../../main/credentials/credential.schema.ts';
import type { CredentialView } from '../../preload/contract.ts';
import { useSay } from '../app/say.tsx';
import { useDoing } from '../data/use-doing.ts';
import { useAnswer, useRekey } from '../data/use-rekey.tsx';
import { DialogFrame } from '../look/dialog-frame.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { useTogether } from '../words/together.ts';
import { PERIODS, PeriodSelect } from './period-select.tsx';
import { useSnooze } from './use-snooze.ts';

const CHOICES: readonly (RotateEveryDays | null)[] = [null, ...PERIODS];

/** When the person wants to be reminded to rotate this key. */
export function ReminderDialog({ credential, onClose }: { credential: CredentialView; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const together = useTogether();
  const { api, answers } = useRekey();
  const say = useSay();
  const doing = useDoing();
  const snooze = useSnooze();
  const settings = useAnswer('getSettings').value;
  const open = (useAnswer('listReminders').value ?? []).filter((one) => one.credential.id === credential.id);
  const [everyDays, setEveryDays] = useState<RotateEveryDays | null>(credential.rotateEveryDays ?? null);
  const { id, name, age, due, dueAt } = credential;

  const save = async () => {
    const saved = await doing.run(async () => {
      await api.call('setReminder', { credential: id, everyDays });
      await answers.ask('listCredentials');
    });
    if (!saved) return;
    onClose();
    say(t('reminders.saved', { name }));
  };
  const later = async () => {
    if (await doing.run(() => snooze(open.slice(0, 1)))) onClose();
  };
  const date = dueAt && new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium' }).format(new Date(dueAt));
  return (
    <DialogFrame title={t('reminders.title', { name })} onClose={onClose}>
      <p>
        {together(
          t('reminders.age', { count: age }),
          date !== null && t(due ? 'reminders.dueSince' : 'reminders.dueOn', { date }),
        )}
      </p>
      {settings && (
        <PeriodSelect
          label={t('reminders.when')}
          value={everyDays}
          choices={CHOICES}
          otherwise={settings.rotateEveryDays}
          onChange={setEveryDays}
        />
      )}
      {doing.failure && <FailureNotice failure={doing.failure} />}
      <div className="dialog-buttons">
        {open.length > 0 && (
          <Button className="button" isDisabled={doing.busy} onPress={later}>
            {t('reminders.snooze')}
          </Button>
        )}
        <Button className="button" onPress={onClose}>
          {t('action.cancel')}
        </Button>
        <Button className="button button-main" isDisabled={doing.busy || !settings} onPress={save}>
          {t('reminders.save')}
        </Button>
      </div>
    </DialogFrame>
  );
}
