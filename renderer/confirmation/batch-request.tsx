import { useTranslation } from 'react-i18next';
import type { Carrier } from '../carrier/carrier.ts';
import { ConnectionLost, SignedOut } from '../look/connection-states.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { BatchDecided } from './batch-decided.tsx';
import { BatchDecision } from './batch-decision.tsx';
import { useBatch } from './use-batch.ts';

/** Several rotations that were asked for together: one decision for all, then how each goes. */
export function BatchRequest({ api, id }: { api: Carrier; id: string }) {
  const { t } = useTranslation();
  const { batch, rotations, failure, connection, take } = useBatch(api, id);
  if (connection === 'signed-out') return <SignedOut />;
  if (!batch) {
    return (
      <main className="confirmation-main">
        <h1>{t('confirm.pageTitle')}</h1>
        {failure ? <FailureNotice failure={failure} /> : <p className="muted">{t('confirm.loading')}</p>}
      </main>
    );
  }
  const isOpen = batch.approvals.some(({ state }) => state === 'waiting');
  return (
    <>
      {connection === 'lost' && <ConnectionLost />}
      {isOpen ? (
        <BatchDecision api={api} batch={batch} onDecided={take} />
      ) : (
        <BatchDecided batch={batch} rotations={rotations} />
      )}
    </>
  );
}
