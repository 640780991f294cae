import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Plan } from '../../main/rotation/plan.schema.ts';
import type { CredentialView } from '../../preload/contract.ts';
import { CallFailure } from '../carrier/call-failure.ts';
import { useAnswer, useRekey } from '../data/use-rekey.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { FileChanges } from '../plan/file-changes.tsx';
import { Findings } from '../plan/findings.tsx';

interface KeyChangesProps {
  readonly credential: CredentialView;
  /** What stands below, and comes with it, so that it needn't move. */
  readonly children: ReactNode;
}

/** What a rotation would change in the files as they are now; again when they have changed. */
export function KeyChanges({ credential, children }: KeyChangesProps) {
  const { t } = useTranslation();
  const { api } = useRekey();
  const hosts = useAnswer('listHosts').value;
  const [plan, setPlan] = useState<Plan | null>(null);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const { id, fingerprint } = credential;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another key or other files make another plan
  useEffect(() => {
    let left = false;
    api.call('planRotation', { credential: id }).then(
      (made) => {
        if (left) return;
        setPlan(made);
        setFailure(null);
      },
      (error: unknown) => !left && setFailure(CallFailure.from(error)),
    );
    return () => {
      left = true;
    };
  }, [api, id, fingerprint, hosts]);
  if (!plan && !failure) return <p className="muted">{t('app.loading')}</p>;
  return (
    <>
      {failure && <FailureNotice failure={failure} fresh={false} tone="warn" title={t('keys.noPlan')} />}
      {plan && !failure && (
        <>
          <FileChanges plan={plan} />
          <Findings findings={plan.findings} />
        </>
      )}
      {children}
    </>
  );
}
