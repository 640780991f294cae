import { useTranslation } from 'react-i18next';
import type { Approval } from '../../main/approvals/approval.schema.ts';
import { useHrefs } from '../app/hrefs.ts';
import { Decision } from '../confirmation/decision.tsx';
import { NotApproved } from '../confirmation/not-approved.tsx';
import { useRequest } from '../confirmation/use-request.ts';
import { useRekey } from '../data/use-rekey.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';

/** The question as the confirmation window asks it. In practice the page itself may answer: nothing can come of it. */
export function PracticeConfirmation({ id }: { id: string }) {
  const { t } = useTranslation();
  const { api } = useRekey();
  const hrefs = useHrefs();
  const { approval, failure, take } = useRequest(api, id);
  const goOn = (decided: Approval): void => {
    take(decided);
    location.hash = decided.rotationId === null ? hrefs.keys : hrefs.rotation(decided.rotationId);
  };
  if (approval?.state === 'waiting') {
    return <Decision key={approval.plan.hash} api={api} approval={approval} onDecided={goOn} isInPage />;
  }
  return (
    <>
      <h1>{approval ? t('confirm.title', { name: approval.plan.target.name }) : t('confirm.pageTitle')}</h1>
      {failure && <FailureNotice failure={failure} />}
      {approval && <NotApproved approval={approval} />}
      <p>
        <a className="button" href={approval?.rotationId ? hrefs.rotation(approval.rotationId) : hrefs.keys}>
          {t(approval?.rotationId ? 'keys.seeRotation' : 'practice.back')}
        </a>
      </p>
    </>
  );
}
