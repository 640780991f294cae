import { useTranslation } from 'react-i18next';
import type { Activity } from '../../main/activity/activity.schema.ts';
import type { Outcome } from '../../main/rotation/rotation.schema.ts';
import { rotationHref } from '../app/route.ts';
import { Icon, type IconName } from '../look/icons.tsx';
import { timeOfDay } from '../words/time.ts';

const ICONS: Record<Activity['kind'], IconName> = {
  'credential-added': 'plus',
  'credential-removed': 'minus',
  'credential-verified': 'check',
  'rotation-asked': 'info',
  'rotation-approved': 'check',
  'rotation-denied': 'cross',
  'rotation-expired': 'clock',
  'rotation-withdrawn': 'cross',
  'rotation-ended': 'turn',
  'key-adopted': 'key',
  'rotation-given-up': 'cross',
  'revocation-asked': 'info',
  'old-key-revoked': 'check',
  'site-retried': 'turn',
  'key-put-back': 'turn',
  'key-copied': 'file',
  'key-given-to-client': 'key',
  'keychain-chosen': 'lock',
  'settings-changed': 'settings',
  'file-set-aside': 'warning',
  'file-restored': 'clock',
  'files-scanned': 'key',
  'key-taken-in': 'plus',
  'key-redacted': 'minus',
  'copy-patched': 'turn',
  'copy-deleted': 'minus',
};

const OUTCOMES: readonly Outcome[] = ['done', 'done-in-part', 'stopped', 'declined', 'unchanged', 'lost'];

export function ActivityEntry({ entry }: { entry: Activity }) {
  const { t, i18n } = useTranslation();
  const { at, kind, credential, rotationId, who, detail } = entry;
  const outcome = OUTCOMES.find((one) => kind === 'rotation-ended' && one === detail);
  const more = outcome ? t(`activity.outcome.${outcome}`) : detail;
  return (
    <li className="entry">
      <Icon name={ICONS[kind]} />
      <div>
        <p>{t(`activity.kind.${kind}`, { name: credential ?? '' })}</p>
        <p className="small muted">
          {t('activity.by', { who })}
          {more !== null && <> · {more}</>}
          {rotationId !== null && (
            <>
              {' · '}
              <a href={rotationHref(rotationId)}>{t('activity.rotation')}</a>
            </>
          )}
        </p>
      </div>
      <time className="small muted" dateTime={at}>
        {timeOfDay(at, i18n.language)}
      </time>
    </li>
  );
}
