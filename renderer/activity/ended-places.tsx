import { useTranslation } from 'react-i18next';
import type { EndedRotation } from '../../main/activity/activity.schema.ts';
import { FilePath } from '../look/file-path.tsx';
import { Icon } from '../look/icons.tsx';
import { usePlaceWords } from '../plan/place-words.ts';
import { SITE_ICONS } from '../rotation/site-results.tsx';

/** Place by place what became of a rotation, as it was noted at its end. */
export function EndedPlaces({ rotation }: { rotation: EndedRotation }) {
  const { t } = useTranslation();
  const placeWords = usePlaceWords();
  const { sites, restarts, oldFingerprint, newFingerprint } = rotation;
  return (
    <details className="details">
      <summary>{t('activity.places', { count: sites.length })}</summary>
      <ul className="stack-tight small">
        {sites.map(({ owner, file, server, line, state, problem }) => (
          <li key={`${file} ${line} ${server}`} className="entry">
            <Icon name={SITE_ICONS[state]} />
            <div>
              <p>
                <strong>{owner}</strong> · {t(`rotation.site.${state}`)}
                {problem !== null && (
                  <>
                    {' '}
                    (<code>{problem}</code>)
                  </>
                )}
              </p>
              <p className="muted">
                <FilePath path={file} /> · {placeWords({ server, line })}
              </p>
            </div>
          </li>
        ))}
        {restarts.map(({ host, state }) => (
          <li key={host}>{t(`activity.restart.${state}`, { host })}</li>
        ))}
        {newFingerprint !== null && (
          <li className="muted">
            {t('activity.fingerprints', { old: oldFingerprint ?? t('plan.unknownKey'), new: newFingerprint })}
          </li>
        )}
      </ul>
    </details>
  );
}
