import { useTranslation } from 'react-i18next';
import type { By } from '../../main/activity/activity.schema.ts';

/** Who asked, in a word or two. */
export function useWho(): (by: Pick<By, 'via' | 'client'>) => string {
  const { t } = useTranslation();
  return ({ via, client }) => (client ? t('who.agentNamed', { client: client.name }) : t(`who.${via}`));
}
