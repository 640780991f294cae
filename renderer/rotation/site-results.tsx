import { useTranslation } from 'react-i18next';
import type { SiteResult } from '../../main/rotation/rotation.schema.ts';
import { useFailureWords } from '../look/failure-notice.tsx';
import { FilePath } from '../look/file-path.tsx';
import { Icon, type IconName } from '../look/icons.tsx';
import { usePlaceWords } from '../plan/place-words.ts';

export const SITE_ICONS: Record<SiteResult['state'], IconName> = {
  pending: 'circle',
  patched: 'check',
  'put-back': 'turn',
  gone: 'minus',
  'to-do': 'warning',
  skipped: 'minus',
};

/** Place by place what became of it; what is left to do comes with its reason. */
export function SiteResults({ sites, ended }: { sites: readonly SiteResult[]; ended: boolean }) {
  const { t } = useTranslation();
  const placeWords = usePlaceWords();
  const failureWords = useFailureWords();
  return (
    <ul className="panel lines">
      {sites.map(({ site, state, problem }) => {
        const words = problem && failureWords(problem);
        return (
          <li key={`${site.file} ${site.path.join('.')} ${site.line} ${site.role}`} className={`site site-${state}`}>
            <Icon name={SITE_ICONS[state]} />
            <div>
              <p>
                <strong>{site.owner.name}</strong> ·{' '}
                {t(state === 'pending' && ended ? 'rotation.site.untouched' : `rotation.site.${state}`)}
              </p>
              <p className="small muted">
                <FilePath path={site.file} /> · {placeWords(site)}
              </p>
              {words && <p className="small">{words.both}</p>}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
