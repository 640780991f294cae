import { useTranslation } from 'react-i18next';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import { useHrefs } from '../app/hrefs.ts';
import { useAnswer } from '../data/use-rekey.tsx';

/** Leads to the service's own page of keys. */
export function KeysPageLink({ rotation }: { rotation: Rotation }) {
  const { t } = useTranslation();
  const hrefs = useHrefs();
  const provider = useAnswer('listProviders').value?.find(({ id }) => id === rotation.provider.id);
  if (!provider) return null;
  const elsewhere = hrefs.service === null ? { target: '_blank', rel: 'noreferrer' } : {};
  return (
    <a className="button" href={hrefs.service ?? provider.keysPage} {...elsewhere}>
      {t('rotation.keysPage', { provider: provider.name })}
    </a>
  );
}
