import { useTranslation } from 'react-i18next';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import { useAnswer } from '../data/use-rekey.tsx';

/** Leads to the service's own page of keys. */
export function KeysPageLink({ rotation }: { rotation: Rotation }) {
  const { t } = useTranslation();
  const provider = useAnswer('listProviders').value?.find(({ id }) => id === rotation.provider.id);
  if (!provider) return null;
  return (
    <a className="button" href={provider.keysPage} target="_blank" rel="noreferrer">
      {t('rotation.keysPage', { provider: provider.name })}
    </a>
  );
}
