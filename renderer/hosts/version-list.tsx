import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { BackupView } from '../../main/backups/backup.schema.ts';
import { size } from '../words/size.ts';
import { dateAndExactTime } from '../words/time.ts';
import { useWhyKept } from '../words/why-kept.ts';

interface VersionListProps {
  readonly versions: readonly BackupView[];
  /** The time of the version that the person comes back from. */
  readonly focused: string | null;
  onChoose(version: BackupView): void;
  onClose(): void;
}

/** Each version with its time, its size and what came after it. */
export function VersionList({ versions, focused, onChoose, onClose }: VersionListProps) {
  const { t, i18n } = useTranslation();
  const whyKept = useWhyKept();
  return (
    <>
      <p className="small muted">{t('versions.what')}</p>
      <ul className="panel lines">
        {versions.map((version) => {
          const { at, reason, problem } = version;
          const time = dateAndExactTime(at, i18n.language);
          const why = t('versions.before', { why: whyKept(reason) });
          return (
            <li key={at} className="kept-version">
              <div>
                <p>
                  <time dateTime={at}>{time}</time>
                </p>
                <p className="small muted">
                  {size(version.size, i18n.language)} · {why}
                </p>
                {problem && (
                  <p className="small">
                    {t(problem.code === 'backup-key-gone' ? 'versions.keyGone' : 'versions.damaged')}
                  </p>
                )}
              </div>
              {!problem && (
                <Button
                  className="button"
                  autoFocus={at === focused}
                  aria-label={t('versions.restoreLabel', { time })}
                  onPress={() => onChoose(version)}
                >
                  {t('versions.restore')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      <div className="dialog-buttons">
        <Button className="button" autoFocus={focused === null} onPress={onClose}>
          {t('action.close')}
        </Button>
      </div>
    </>
  );
}
