import { useTranslation } from 'react-i18next';
import type { Refused } from '../../main/approvals/batch.schema.ts';
import { useFailureWords } from '../look/failure-notice.tsx';
import { Notice } from '../look/notice.tsx';

/** Keys that were asked for with the others and can't be rotated now, each with the reason. */
export function LeftOut({ refused }: { refused: readonly Refused[] }) {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  if (refused.length === 0) return null;
  return (
    <Notice tone="warn" title={t('confirm.batch.refused', { count: refused.length })}>
      <ul className="stack-tight">
        {refused.map(({ credential, problem }) => {
          const { both } = failureWords(problem);
          return (
            <li key={credential}>
              <strong>{credential}</strong> · {both}
            </li>
          );
        })}
      </ul>
    </Notice>
  );
}
