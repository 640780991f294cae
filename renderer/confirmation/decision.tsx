import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Approval } from '../../main/approvals/approval.schema.ts';
import type { Plan } from '../../main/rotation/plan.schema.ts';
import type { Carrier } from '../carrier/carrier.ts';
import { useDoing } from '../data/use-doing.ts';
import { Consequences } from '../plan/consequences.tsx';
import { FileChanges } from '../plan/file-changes.tsx';
import { Findings } from '../plan/findings.tsx';
import { HostsAffected } from '../plan/hosts-affected.tsx';
import { StepsAhead } from '../plan/steps-ahead.tsx';
import { DecisionBar } from './decision-bar.tsx';
import { GraceChoice } from './grace-choice.tsx';
import { RequestOrigin } from './request-origin.tsx';
import { RestartChoice, restartable } from './restart-choice.tsx';
import { Subject } from './subject.tsx';

const TITLES = {
  request: 'confirm.title',
  'by-hand': 'confirm.titleByHand',
  undo: 'confirm.titleUndo',
} as const satisfies Record<Plan['way'], string>;

interface DecisionProps {
  readonly api: Carrier;
  readonly approval: Approval;
  onDecided(approval: Approval): void;
  /** It stands in another page, which is the document's main part itself. */
  readonly isInPage?: boolean;
}

/** All that the person needs to know to decide, and the two buttons. */
export function Decision({ api, approval, onDecided, isInPage = false }: DecisionProps) {
  const { t } = useTranslation();
  const { plan, requester, id } = approval;
  const [giveKeyToClient, setGiveKey] = useState(false);
  const [restartHosts, setRestartHosts] = useState<readonly string[]>(() => restartable(plan).map((host) => host.id));
  const [graceMinutes, setGrace] = useState(plan.grace?.default ?? null);
  const restarting = plan.hosts.filter((host) => restartHosts.includes(host.id));
  const deciding = useDoing();
  const Main = isInPage ? 'div' : 'main';
  const approve = () =>
    deciding.run(async () => {
      const grace = graceMinutes === null ? {} : { graceMinutes };
      const choices = { giveKeyToClient, restartHosts: [...restartHosts], ...grace };
      onDecided(await api.call('approve', { id, planHash: plan.hash, ...choices }));
    });
  const deny = () => deciding.run(async () => onDecided(await api.call('deny', { id })));
  return (
    <>
      <Main className="confirmation-main stack">
        <header className="stack-tight">
          <h1>{t(TITLES[plan.way], { name: plan.target.name })}</h1>
          <Subject plan={plan} />
        </header>
        <RequestOrigin requester={requester} way={plan.way} />
        <Consequences plan={plan} />
        <RestartChoice plan={plan} chosen={restartHosts} onChange={setRestartHosts} />
        <GraceChoice plan={plan} chosen={graceMinutes} onChange={setGrace} />
        <StepsAhead plan={plan} restarting={restarting.map((host) => host.name)} graceMinutes={graceMinutes} />
        <HostsAffected plan={plan} />
        <FileChanges plan={plan} />
        <Findings findings={plan.findings} />
        {requester.via === 'agent' && (
          <GiveKey client={requester.client?.name ?? t('who.agent')} checked={giveKeyToClient} onChange={setGiveKey} />
        )}
      </Main>
      <DecisionBar
        until={approval.expiresAt}
        deciding={deciding}
        submit={t(plan.way === 'undo' ? 'confirm.submitUndo' : 'confirm.submit', { name: plan.target.name })}
        onApprove={approve}
        onDeny={deny}
      />
    </>
  );
}

interface GiveKeyProps {
  readonly client: string;
  readonly checked: boolean;
  onChange(checked: boolean): void;
}

function GiveKey({ client, checked, onChange }: GiveKeyProps) {
  const { t } = useTranslation();
  return (
    <div className="give-key panel">
      <label className="check">
        <input
          type="checkbox"
          checked={checked}
          aria-describedby="give-key-more"
          onChange={(event) => onChange(event.target.checked)}
        />
        <span>{t('confirm.giveKey', { client })}</span>
      </label>
      <p id="give-key-more" className="small muted">
        {t('confirm.giveKeyMore')}
      </p>
    </div>
  );
}
