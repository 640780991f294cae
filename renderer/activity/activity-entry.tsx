import { useTranslation } from 'react-i18next';
import type { Activity } from '../../main/activity/activity.schema.ts';
import { rotationHref } from '../app/route.ts';
import { Icon, type IconName } from '../look/icons.tsx';
import { timeOfDay } from '../words/time.ts';
import { EndedPlaces } from './ended-places.tsx';
import { useEntryWords } from './use-entry-words.ts';

const ICONS: Record<Activity['kind'], IconName> = {
  'credential-added': 'plus',
  'credential-removed': 'minus',
  'credential-verified': 'check',
  'rotation-asked': 'info',
  'rotation-approved': 'check',
  'rotation-denied': 'cross',
  'rotation-expired': 'clock',
  'rotation-withdrawn': 'cross',
  'rotation-not-started': 'warning',
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
  'reminder-changed': 'clock',
  'service-saved': 'plus',
  'service-removed': 'minus',
  'file-set-aside': 'warning',
  'file-restored': 'clock',
  'files-scanned': 'key',
  'key-taken-in': 'plus',
  'key-redacted': 'minus',
  'copy-patched': 'turn',
  'copy-deleted': 'minus',
  'link-refused': 'cross',
  'host-connected': 'plus',
  'host-disconnected': 'minus',
  'host-restarted': 'turn',
};

export function ActivityEntry({ entry }: { entry: Activity }) {
  const { t, i18n } = useTranslation();
  const { at, kind, credential, rotationId, by, rotation } = entry;
  const { who, confirmed, more } = useEntryWords()(entry);
  const asked = t('activity.askedBy', { who });
  return (
    <li className="entry">
      <Icon name={ICONS[kind]} />
      <div>
        <p>{t(`activity.kind.${kind}`, { name: credential ?? '' })}</p>
        <p className="small muted">
          {!(rotation && by) && t('activity.by', { who })}
          {rotation && by && (confirmed === null ? asked : t('activity.askedAndConfirmed', { asked, confirmed }))}
          {more !== null && <> · {more}</>}
          {rotationId !== null && (
            <>
              {' · '}
              <a href={rotationHref(rotationId)}>{t('activity.rotation')}</a>
            </>
          )}
        </p>
        {rotation && <EndedPlaces rotation={rotation} />}
      </div>
      <time className="small muted" dateTime={at}>
        {timeOfDay(at, i18n.language)}
      </time>
    </li>
  );
}
