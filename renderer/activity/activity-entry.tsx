import { useTranslation } from 'react-i18next';
import type { Activity, By } from '../../main/activity/activity.schema.ts';
import type { Outcome } from '../../main/rotation/rotation.schema.ts';
import type { Settings } from '../../preload/contract.ts';
import { rotationHref } from '../app/route.ts';
import { Icon, type IconName } from '../look/icons.tsx';
import { listOf } from '../words/list.ts';
import { useSentence } from '../words/sentence.ts';
import { timeOfDay } from '../words/time.ts';
import { useWho } from '../words/who.ts';
import { EndedPlaces } from './ended-places.tsx';

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
};

/** Those of which the words here know; a name in an older entry may be another. */
const SETTINGS: Record<keyof Settings, true> = {
  allowScriptedConfirmation: true,
  projectFolders: true,
  rotateEveryDays: true,
  language: true,
  welcomed: true,
};

const OUTCOMES: readonly Outcome[] = ['done', 'done-in-part', 'stopped', 'declined', 'unchanged', 'lost', 'given-up'];

export function ActivityEntry({ entry }: { entry: Activity }) {
  const { t, i18n } = useTranslation();
  const sentence = useSentence();
  const detailWords = useDetailWords();
  const { at, kind, credential, rotationId, who, by, detail, rotation } = entry;
  const outcome = OUTCOMES.find((one) => kind === 'rotation-ended' && one === detail);
  const more = outcome ? t(`activity.outcome.${outcome}`) : detailWords(kind, detail);
  return (
    <li className="entry">
      <Icon name={ICONS[kind]} />
      <div>
        <p>{t(`activity.kind.${kind}`, { name: credential ?? '' })}</p>
        <p className="small muted">
          {rotation && by ? <Asked by={by} /> : t('activity.by', { who: sentence(who) })}
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

/** Who asked for a rotation, and how a person confirmed it. */
function Asked({ by }: { by: By }) {
  const { t } = useTranslation();
  const who = useWho()(by);
  const asked = t('activity.askedBy', { who });
  if (by.approver === null) return asked;
  return t('activity.askedAndConfirmed', { asked, confirmed: t(`activity.approver.${by.approver}`) });
}

/** What is noted beside an entry; the settings that were changed are noted by their names in the contract. */
function useDetailWords(): (kind: Activity['kind'], detail: string | null) => string | null {
  const { t, i18n } = useTranslation();
  const sentence = useSentence();
  return (kind, detail) => {
    if (detail === null || kind !== 'settings-changed') return detail && sentence(detail);
    const names = detail.split(', ').map((name) => (isSetting(name) ? t(`activity.setting.${name}`) : name));
    return listOf(names, i18n.language);
  };
}

function isSetting(name: string): name is keyof Settings {
  return Object.hasOwn(SETTINGS, name);
}
