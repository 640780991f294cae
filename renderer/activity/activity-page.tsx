import { useTranslation } from 'react-i18next';
import type { Activity } from '../../main/activity/activity.schema.ts';
import { useAnswer } from '../data/use-rekey.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { Notice } from '../look/notice.tsx';
import { useNow } from '../words/use-now.ts';
import { ActivityEntry } from './activity-entry.tsx';
import { dayOf, days } from './days.ts';

const DAY_MS = 24 * 60 * 60_000;

export function ActivityPage() {
  const { t } = useTranslation();
  const { value, failure } = useAnswer('listActivity');
  return (
    <>
      <header className="stack-tight">
        <h1>{t('app.activity')}</h1>
        <p className="muted">{t('activity.what')}</p>
      </header>
      {failure && <FailureNotice failure={failure} />}
      {value === null && !failure && <p className="muted">{t('app.loading')}</p>}
      {value?.length === 0 && (
        <Notice tone="info" title={t('activity.none')}>
          <p>{t('activity.noneMore')}</p>
        </Notice>
      )}
      {days(value ?? []).map(({ day, entries }) => (
        <Day key={day} day={day} entries={entries} />
      ))}
    </>
  );
}

function Day({ day, entries }: { day: string; entries: readonly Activity[] }) {
  const { t, i18n } = useTranslation();
  const now = useNow(60_000);
  const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'full' }).format(new Date(`${day}T12:00:00`));
  const known = {
    [dayOf(new Date(now))]: t('activity.today'),
    [dayOf(new Date(now - DAY_MS))]: t('activity.yesterday'),
  };
  return (
    <section aria-labelledby={`day-${day}`}>
      <h2 id={`day-${day}`}>{known[day] ?? date}</h2>
      <ul className="panel lines">
        {entries.map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries are only ever added, and have no id
          <ActivityEntry key={entries.length - index} entry={entry} />
        ))}
      </ul>
    </section>
  );
}
