import { useTranslation } from 'react-i18next';
import { useHrefs } from './hrefs.ts';

export function NotFound() {
  const { t } = useTranslation();
  const hrefs = useHrefs();
  return (
    <>
      <h1>{t('app.notFound')}</h1>
      <p>
        <a className="button" href={hrefs.keys}>
          {t('app.toKeys')}
        </a>
      </p>
    </>
  );
}
