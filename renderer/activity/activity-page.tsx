import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { ActivityEntry as Entry } from '../../main/activity/activity.schema.ts';
import { useDoing } from '../data/use-doing.ts';
import { FailureNotice } from '../look/failure-notice.tsx';
import { Notice } from '../look/notice.tsx';
import { useNow } from '../words/use-now.ts';
import { ActivityEntry } from './activity-entry.tsx';
import { dayOf, days } from './days.ts';
import { ExportButton } from './export-button.tsx';
import { KeyFilter } from './key-filter.tsx';
import { useActivity } from './use-activity.ts';

const DAY_MS = 24 * 60 * 60_000;

export function ActivityPage() {
  const { t } = useTranslation();
  const [credential, setCredential] = useState<string | null>(null);
  const { entries, failure, hasOlder, showOlder } = useActivity(credential);
  const doing = useDoing();
  return (
    <>
      <header className="stack-tight">
        <h1>{t('app.activity')}</h1>
        <p className="muted">{t('activity.what')}</p>
      </header>
      <div className="activity-tools">
        <KeyFilter chosen={credential} onChoose={setCredential} />
        <ExportButton credential={credential} />
      </div>
      {failure && <FailureNotice failure={failure} />}
      {entries === null && !failure && <p className="muted">{t('app.loading')}</p>}
      {entries?.length === 0 && (
        <Notice tone="info" title={t('activity.none')}>
          <p>{t('activity.noneMore')}</p>
        </Notice>
      )}
      {days(entries ?? []).map(({ day, entries: ofDay }) => (
        <Day key={day} day={day} entries={ofDay} />
      ))}
      {hasOlder && (
        <p>
          <Button className="button" isDisabled={doing.busy} onPress={() => doing.run(showOlder)}>
            {t('activity.older')}
          </Button>
        </p>
      )}
    </>
  );
}

function Day({ day, entries }: { day: string; entries: readonly Entry[] }) {
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
        {entries.map((entry) => (
          <ActivityEntry key={entry.position} entry={entry} />
        ))}
      </ul>
    </section>
  );
}
