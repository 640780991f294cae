import { useTranslation } from 'react-i18next';
import type { Requester } from '../../main/approvals/approval.schema.ts';

/** Who asked, in a word or two. */
export function useWho(): (requester: Requester) => string {
  const { t } = useTranslation();
  return ({ via, client }) => (client ? t('who.agentNamed', { client: client.name }) : t(`who.${via}`));
}
