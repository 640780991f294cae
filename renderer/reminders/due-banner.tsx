import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Reminder } from '../../main/reminders/reminder.schema.ts';
import { keyHref } from '../app/route.ts';
import { useDoing } from '../data/use-doing.ts';
import { useAnswer } from '../data/use-rekey.tsx';
import { useRequestRotation } from '../keys/use-request-rotation.ts';
import { FailureNotice } from '../look/failure-notice.tsx';
import { Notice } from '../look/notice.tsx';
import { shortListOf } from '../words/list.ts';
import { useSnooze } from './use-snooze.ts';

const MOST_NAMES = 4;

/** The keys that are due to be rotated. Old keys to be revoked have their rotation's banner. */
export function DueBanner() {
  const due = (useAnswer('listReminders').value ?? []).filter(({ kind }) => kind === 'rotation');
  const [only, ...more] = due;
  if (!only) return null;
  return more.length === 0 ? <OneDue reminder={only} /> : <SeveralDue reminders={due} />;
}

function OneDue({ reminder }: { reminder: Reminder }) {
  const { t } = useTranslation();
  const { busy, run, failure } = useDoing();
  const requestRotation = useRequestRotation();
  const snooze = useSnooze();
  const { credential, age } = reminder;
  return (
    <>
      <Notice
        tone="warn"
        role="status"
        title={t('reminders.dueOne', { name: credential.name })}
        actions={
          <>
            <Button
              className="button button-main"
              isDisabled={busy}
              onPress={() => run(() => requestRotation({ credential: credential.id }))}
            >
              {t('action.rotate')}
            </Button>
            <Button className="button" isDisabled={busy} onPress={() => run(() => snooze([reminder]))}>
              {t('reminders.snooze')}
            </Button>
          </>
        }
      >
        <p>{t('reminders.age', { count: age })}</p>
      </Notice>
      {failure && <FailureNotice failure={failure} />}
    </>
  );
}

function SeveralDue({ reminders }: { reminders: readonly Reminder[] }) {
  const { t, i18n } = useTranslation();
  const { busy, run, failure } = useDoing();
  const snooze = useSnooze();
  const names = reminders.map(({ credential }) => `“${credential.name}”`);
  const [first] = reminders;
  return (
    <>
      <Notice
        tone="warn"
        role="status"
        title={t('reminders.dueSeveral', { count: reminders.length })}
        actions={
          <>
            <a className="button button-main" href={first ? keyHref(first.credential.id) : '#/keys'}>
              {t('reminders.see')}
            </a>
            <Button className="button" isDisabled={busy} onPress={() => run(() => snooze(reminders))}>
              {t('reminders.snooze')}
            </Button>
          </>
        }
      >
        <p>{shortListOf(names, MOST_NAMES, i18n.language, (count) => t('keys.more', { count }))}</p>
      </Notice>
      {failure && <FailureNotice failure={failure} />}
    </>
  );
}
