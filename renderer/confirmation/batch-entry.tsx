import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Approval } from '../../main/approvals/approval.schema.ts';
import { ConsequenceList } from '../plan/consequences.tsx';
import { FileChanges } from '../plan/file-changes.tsx';
import { Findings } from '../plan/findings.tsx';
import { HostsAffected } from '../plan/hosts-affected.tsx';
import { SectionOf } from '../plan/section-of.ts';
import { StepsAhead } from '../plan/steps-ahead.tsx';
import { BatchState } from './batch-state.tsx';
import { GraceChoice } from './grace-choice.tsx';
import { Subject } from './subject.tsx';

interface BatchEntryProps {
  readonly approval: Approval;
  readonly chosen: boolean;
  /** Ids of the programs that are quit for it. */
  readonly restarting: readonly string[];
  readonly graceMinutes: number | null;
  onChoose(chosen: boolean): void;
  onGrace(minutes: number): void;
}

/** One key of several: whether it is to be rotated, what that means, and all the details when they are wanted. */
export function BatchEntry(props: BatchEntryProps) {
  const { t } = useTranslation();
  const { approval, chosen, graceMinutes, onChoose, onGrace } = props;
  const title = useId();
  const { plan, state } = approval;
  const { name } = plan.target;
  const files = t('plan.files', { count: new Set(plan.sites.map(({ file }) => file)).size });
  return (
    <li className="batch-entry stack-tight">
      {state === 'waiting' ? (
        <label className="check">
          <input type="checkbox" checked={chosen} onChange={(event) => onChoose(event.target.checked)} />
          <strong id={title}>{name}</strong>
        </label>
      ) : (
        <p className="row">
          <strong id={title}>{name}</strong> <BatchState approval={approval} rotation={null} />
        </p>
      )}
      <div className="choice-more stack-tight">
        <Subject plan={plan} />
        <p>{t('confirm.batch.places', { count: plan.sites.length, files })}</p>
        {plan.consequences.length > 0 && (
          <div className="consequences">
            <ConsequenceList plan={plan} />
          </div>
        )}
        {chosen && <GraceChoice plan={plan} chosen={graceMinutes} onChange={onGrace} />}
        <SectionOf value={title}>
          <Details {...props} />
        </SectionOf>
      </div>
    </li>
  );
}

/** Made when they are looked at: of a hundred keys nobody reads each line. */
function Details({ approval: { plan }, restarting, graceMinutes }: BatchEntryProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const names = plan.hosts.filter(({ id }) => restarting.includes(id)).map((host) => host.name);
  return (
    <details className="details" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('confirm.batch.details', { name: plan.target.name })}</summary>
      {open && (
        <div className="stack">
          <StepsAhead plan={plan} restarting={names} graceMinutes={graceMinutes} />
          <HostsAffected plan={plan} />
          <FileChanges plan={plan} />
          <Findings findings={plan.findings} />
        </div>
      )}
    </details>
  );
}
