import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../look/failure-notice.tsx';
import { Notice } from '../look/notice.tsx';
import { ActivityDays } from './activity-days.tsx';
import { ActivityTable } from './activity-table.tsx';
import { ExportButton } from './export-button.tsx';
import { KeyFilter } from './key-filter.tsx';
import { OlderButton } from './older-button.tsx';
import { useActivity } from './use-activity.ts';
import { useView, ViewChoice } from './view-choice.tsx';

export function ActivityPage() {
  const { t } = useTranslation();
  const [credential, setCredential] = useState<string | null>(null);
  const [view, setView] = useView();
  const { entries, failure, hasOlder, showOlder } = useActivity(credential);
  return (
    <>
      <header className="stack-tight">
        <h1>{t('app.activity')}</h1>
        <p className="muted">{t('activity.what')}</p>
      </header>
      <div className="activity-tools">
        <KeyFilter chosen={credential} onChoose={setCredential} />
        <ViewChoice chosen={view} onChoose={setView} />
        <ExportButton credential={credential} />
      </div>
      {failure && <FailureNotice failure={failure} />}
      {entries === null && !failure && <p className="muted">{t('app.loading')}</p>}
      {entries?.length === 0 && (
        <Notice tone="info" title={t('activity.none')}>
          <p>{t('activity.noneMore')}</p>
        </Notice>
      )}
      {view === 'timeline' && <ActivityDays entries={entries ?? []} level={2} />}
      {view === 'table' && entries !== null && entries.length > 0 && <ActivityTable entries={entries} />}
      {hasOlder && <OlderButton onPress={showOlder} />}
    </>
  );
}
