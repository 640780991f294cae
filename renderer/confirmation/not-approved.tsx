import { useTranslation } from 'react-i18next';
import type { Approval } from '../../main/approvals/approval.schema.ts';
import { FailureNotice } from '../look/failure-notice.tsx';
import { Notice } from '../look/notice.tsx';

/** What became of a request that nothing came of. */
export function NotApproved({ approval: { state, problem } }: { approval: Approval }) {
  const { t } = useTranslation();
  if (state === 'failed' && problem) return <FailureNotice failure={problem} title={t('confirm.decided.failed')} />;
  if (state === 'waiting' || state === 'approved' || state === 'failed') return null;
  return (
    <Notice tone="info" role="status" title={t(`confirm.decided.${state}`)}>
      <p>{t(`confirm.decided.${state}More`)}</p>
    </Notice>
  );
}
