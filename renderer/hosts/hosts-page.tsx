import { useTranslation } from 'react-i18next';
import { useAnswer } from '../data/use-rekey.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { Notice } from '../look/notice.tsx';
import { LookForKeys } from '../scan/look-for-keys.tsx';
import { HostCard } from './host-card.tsx';
import { OtherFiles } from './other-files.tsx';

export function HostsPage() {
  const { t } = useTranslation();
  const { value: hosts, failure } = useAnswer('listHosts');
  const shown = hosts?.filter((host) => host.hasSomething) ?? [];
  const others = hosts?.filter((host) => !host.hasSomething) ?? [];
  return (
    <>
      <header className="stack-tight">
        <div className="page-head">
          <h1>{t('app.hosts')}</h1>
          {hosts && <span className="muted">{t('hosts.detected', { count: shown.length })}</span>}
        </div>
        <p className="muted">{t('hosts.what')}</p>
      </header>
      {failure && <FailureNotice failure={failure} />}
      {!hosts && !failure && <p className="muted">{t('app.loading')}</p>}
      {hosts && <LookForKeys />}
      {hosts && shown.length === 0 && (
        <Notice tone="info" title={t('hosts.none')}>
          <p>{t('hosts.noneMore')}</p>
        </Notice>
      )}
      {shown.map((host) => (
        <HostCard key={host.id} host={host} />
      ))}
      {hosts && <OtherFiles hosts={shown} />}
      {others.length > 0 && (
        <details className="details">
          <summary>{t('hosts.notDetected', { count: others.length })}</summary>
          <ul className="columns">
            {others.map(({ id, name }) => (
              <li key={id}>{name}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
