import { useTranslation } from 'react-i18next';
import type { UpdateState } from '../../main/desktop/desktop.schema.ts';
import { ago } from '../words/time.ts';
import { useNow } from '../words/use-now.ts';

const MINUTE_MS = 60_000;

interface UpdateWordsProps {
  readonly update: Exclude<UpdateState, { state: 'absent' }>;
  readonly checkedAt: string | null;
}

/** How it stands with a newer version. The percentage is not read out: it changes all the time. */
export function UpdateWords({ update, checkedAt }: UpdateWordsProps) {
  const { t, i18n } = useTranslation();
  const now = useNow(MINUTE_MS);
  switch (update.state) {
    case 'idle':
      return checkedAt === null
        ? t('settings.update.neverChecked')
        : t('settings.update.upToDate', { ago: ago(checkedAt, now, i18n.language) });
    case 'downloading':
      return (
        <>
          {t('settings.update.downloading', { version: update.version })}{' '}
          <span aria-hidden="true">
            {new Intl.NumberFormat(i18n.language, { style: 'percent' }).format(update.percent / 100)}
          </span>
        </>
      );
    case 'available':
    case 'ready':
      return t(`settings.update.${update.state}`, { version: update.version });
    default:
      return t(`settings.update.${update.state}`);
  }
}
