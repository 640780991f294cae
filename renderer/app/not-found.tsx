import { useTranslation } from 'react-i18next';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <>
      <h1>{t('app.notFound')}</h1>
      <p>
        <a className="button" href="#/keys">
          {t('app.toKeys')}
        </a>
      </p>
    </>
  );
}
