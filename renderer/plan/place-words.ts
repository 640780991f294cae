import { useTranslation } from 'react-i18next';
import type { PlaceInEntrySchema } from '../../main/hosts/host.schema.ts';

interface Place {
  readonly server: string | null;
  readonly place?: (typeof PlaceInEntrySchema)['_output'];
  readonly line: number;
}

/** "server bitscale, environment, line 12". */
export function usePlaceWords(): (place: Place) => string {
  const { t } = useTranslation();
  return ({ server, place, line }) =>
    [
      server === null ? null : t('place.server', { name: server }),
      place ? t(`place.${place}`) : null,
      t('place.line', { line }),
    ]
      .filter((part) => part !== null)
      .join(t('place.separator'));
}
