import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Approval } from '../../main/approvals/approval.schema.ts';
import { type ApprovedBatch, type Batch, hostsOfSeveral } from '../../main/approvals/batch.schema.ts';
import type { Carrier } from '../carrier/carrier.ts';
import { useDoing } from '../data/use-doing.ts';
import { FailureNotice } from '../look/failure-notice.tsx';
import { BatchEntry } from './batch-entry.tsx';
import { LeftOut } from './batch-left-out.tsx';
import { BatchRestarts } from './batch-restarts.tsx';
import { DecisionBar } from './decision-bar.tsx';
import { RequestOrigin } from './request-origin.tsx';
import { restartable } from './restart-choice.tsx';

interface BatchDecisionProps {
  readonly api: Carrier;
  readonly batch: Batch;
  onDecided(approvals: readonly Approval[]): void;
}

/** All keys that are to be rotated together: each can be left out, and one button confirms the others. */
export function BatchDecision({ api, batch: { batch, approvals, refused }, onDecided }: BatchDecisionProps) {
  const { t } = useTranslation();
  const [leftOut, setLeftOut] = useState<readonly string[]>([]);
  const [notRestarted, setNotRestarted] = useState<readonly string[]>([]);
  const [grace, setGrace] = useState<Readonly<Record<string, number>>>({});
  const [failed, setFailed] = useState<ApprovedBatch['failed']>([]);
  const deciding = useDoing();
  const waiting = approvals.filter(({ state }) => state === 'waiting');
  const chosen = waiting.filter(({ id }) => !leftOut.includes(id));
  const plans = chosen.map(({ plan }) => plan);
  const shared = hostsOfSeveral(plans);
  const restarts = ({ plan }: Approval): string[] =>
    restartable(plan).flatMap(({ id }) => (shared.has(id) || notRestarted.includes(id) ? [] : [id]));
  const confirmationOf = (approval: Approval) => {
    const { id, plan } = approval;
    const graceMinutes = grace[id];
    return {
      id,
      planHash: plan.hash,
      restartHosts: restarts(approval),
      ...(graceMinutes !== undefined && { graceMinutes }),
    };
  };
  const approve = () =>
    deciding.run(async () => {
      const approved = await api.call('approveBatch', { batch, approvals: chosen.map(confirmationOf) });
      setFailed(approved.failed);
      onDecided(approved.approvals);
    });
  const deny = () =>
    deciding.run(async () => {
      for (const { id } of waiting) await api.call('deny', { id });
    });
  const [first] = waiting;
  if (!first) return null;
  return (
    <>
      <main className="confirmation-main stack">
        <header className="stack-tight">
          <h1>{t('confirm.batch.title', { count: approvals.length })}</h1>
          <p className="muted">{t('confirm.batch.what')}</p>
        </header>
        <RequestOrigin requester={first.requester} way="batch" />
        {failed.map(({ id, credential, problem }) => (
          <FailureNotice key={id} failure={problem} title={t('confirm.batch.notBegun', { name: credential })} />
        ))}
        <BatchRestarts plans={plans} left={notRestarted} onChange={setNotRestarted} />
        <ul className="panel lines" aria-label={t('confirm.batch.list')}>
          {approvals.map((approval) => (
            <BatchEntry
              key={approval.id}
              approval={approval}
              chosen={chosen.includes(approval)}
              restarting={restarts(approval)}
              graceMinutes={grace[approval.id] ?? approval.graceMinutes}
              onChoose={(yes) =>
                setLeftOut(yes ? leftOut.filter((id) => id !== approval.id) : [...leftOut, approval.id])
              }
              onGrace={(minutes) => setGrace({ ...grace, [approval.id]: minutes })}
            />
          ))}
        </ul>
        <LeftOut refused={refused} />
      </main>
      <DecisionBar
        until={first.expiresAt}
        deciding={deciding}
        submit={t('confirm.batch.submit', { count: chosen.length })}
        canApprove={chosen.length > 0}
        onApprove={approve}
        onDeny={deny}
      />
    </>
  );
}
