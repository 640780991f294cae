import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Carrier } from '../carrier/carrier.ts';
import { ConnectionLost, SignedOut } from '../look/connection-states.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { Notice } from '../look/notice.tsx';
import { BatchRequest } from './batch-request.tsx';
import { Decided } from './decided.tsx';
import { Decision } from './decision.tsx';
import { useRequest } from './use-request.ts';

/** The one page on which a rotation can be confirmed. */
export function ConfirmationPage({ api, id }: { api: Carrier; id: string | null }) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = t('app.title', { page: t('confirm.pageTitle') });
  }, [t]);
  return <div className="confirmation">{id === null ? <NoRequest /> : <Request api={api} id={id} />}</div>;
}

function NoRequest() {
  const { t } = useTranslation();
  return (
    <main className="confirmation-main">
      <h1>{t('confirm.pageTitle')}</h1>
      <Notice tone="info" title={t('confirm.noId')} />
    </main>
  );
}

function Request({ api, id }: { api: Carrier; id: string }) {
  const { t } = useTranslation();
  const { approval, rotation, failure, connection, take } = useRequest(api, id);
  if (connection === 'signed-out') return <SignedOut />;
  if (!approval) {
    return (
      <main className="confirmation-main">
        <h1>{t('confirm.pageTitle')}</h1>
        {failure ? <FailureNotice failure={failure} /> : <p className="muted">{t('confirm.loading')}</p>}
      </main>
    );
  }
  if (approval.batch !== null) return <BatchRequest api={api} id={approval.batch} />;
  return (
    <>
      {connection === 'lost' && <ConnectionLost />}
      {approval.state === 'waiting' ? (
        // A plan that has changed is another question: the tick and the focus start anew.
        <Decision key={approval.plan.hash} api={api} approval={approval} onDecided={take} />
      ) : (
        <Decided approval={approval} rotation={rotation} />
      )}
    </>
  );
}
