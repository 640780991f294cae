import { useTranslation } from 'react-i18next';
import type { RotateEveryDays } from '../../main/credentials/credential.schema.ts';

/** "Off", "After 90 days". */
export function usePeriodWords(): (days: RotateEveryDays) => string {
  const { t } = useTranslation();
  return (days) => (days === 0 ? t('reminders.off') : t('reminders.after', { count: days }));
}
