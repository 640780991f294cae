import { useTranslation } from 'react-i18next';
import type { HostView } from '../../main/hosts/host.schema.ts';
import { useAnswer } from '../data/use-rekey.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { Icon } from '../look/icons.tsx';
import { Notice } from '../look/notice.tsx';

/** The programs on this computer whose files Rekey knows. */
export function FoundHosts() {
  const { t } = useTranslation();
  const { value, failure } = useAnswer('listHosts');
  const found = value?.filter(({ hasSomething }) => hasSomething) ?? [];
  return (
    <section className="stack-tight" aria-labelledby="welcome-hosts">
      <h2 id="welcome-hosts">{t('welcome.hosts.title')}</h2>
      <p className="muted">{t('welcome.hosts.what')}</p>
      {failure && <FailureNotice failure={failure} />}
      {!value && !failure && <p className="muted">{t('app.loading')}</p>}
      {value && found.length === 0 && (
        <Notice tone="info" title={t('hosts.none')}>
          <p>{t('hosts.noneMore')}</p>
        </Notice>
      )}
      {found.length > 0 && (
        <ul className="panel lines">
          {found.map((host) => (
            <FoundHost key={host.id} host={host} />
          ))}
        </ul>
      )}
    </section>
  );
}

function FoundHost({ host: { name, files, patchable } }: { host: HostView }) {
  const { t } = useTranslation();
  const count = files.filter(({ exists }) => exists).length;
  return (
    <li className="site">
      <Icon name="hosts" />
      <div>
        <p>
          <strong>{name}</strong>
        </p>
        <p className="small muted">
          {t('welcome.hosts.files', { count })} {t(`welcome.hosts.patchable.${patchable}`)}
        </p>
      </div>
    </li>
  );
}
