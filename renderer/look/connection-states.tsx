import { Trans, useTranslation } from 'react-i18next';
import { Notice } from './notice.tsx';

/** The whole page when the core doesn't know it. */
export function SignedOut() {
  const { t } = useTranslation();
  return (
    <main className="signed-out">
      <h1>{t('connection.signedOut')}</h1>
      <p>{t('connection.signedOutMore')}</p>
      <p>
        <Trans i18nKey="connection.signedOutHow" components={{ code: <code /> }} />
      </p>
    </main>
  );
}

export function ConnectionLost() {
  const { t } = useTranslation();
  return (
    <Notice tone="warn" role="status" title={t('connection.lost')}>
      <p>{t('connection.lostMore')}</p>
    </Notice>
  );
}
