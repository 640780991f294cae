import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Approval } from '../../main/approvals/approval.schema.ts';
import type { Carrier } from '../carrier/carrier.ts';
import { useDoing } from '../data/use-doing.ts';
import { FailureNotice } from '../look/failure-notice.tsx';
import { Consequences } from '../plan/consequences.tsx';
import { FileChanges } from '../plan/file-changes.tsx';
import { Findings } from '../plan/findings.tsx';
import { HostsAffected } from '../plan/hosts-affected.tsx';
import { StepsAhead } from '../plan/steps-ahead.tsx';
import { clock } from '../words/time.ts';
import { useNow } from '../words/use-now.ts';
import { RequestOrigin } from './request-origin.tsx';
import { RestartChoice, restartable } from './restart-choice.tsx';
import { Subject } from './subject.tsx';

/** A page that has just come up can catch a click or a key that was meant for something else. */
const DEAF_FOR_MS = 600;

interface DecisionProps {
  readonly api: Carrier;
  readonly approval: Approval;
  onDecided(approval: Approval): void;
}

/** All that the person needs to know to decide, and the two buttons. */
export function Decision({ api, approval, onDecided }: DecisionProps) {
  const { t } = useTranslation();
  const { plan, requester, id } = approval;
  const [giveKeyToClient, setGiveKey] = useState(false);
  const [restartHosts, setRestartHosts] = useState<readonly string[]>(() => restartable(plan).map((host) => host.id));
  const restarting = plan.hosts.filter((host) => restartHosts.includes(host.id));
  const deciding = useDoing();
  const approve = () =>
    deciding.run(async () => {
      const choices = { giveKeyToClient, restartHosts: [...restartHosts] };
      onDecided(await api.call('approve', { id, planHash: plan.hash, ...choices }));
    });
  const deny = () => deciding.run(async () => onDecided(await api.call('deny', { id })));
  return (
    <>
      <main className="confirmation-main stack">
        <header className="stack-tight">
          <h1>{t('confirm.title', { name: plan.target.name })}</h1>
          <Subject plan={plan} />
        </header>
        <RequestOrigin requester={requester} />
        <Consequences plan={plan} />
        <RestartChoice plan={plan} chosen={restartHosts} onChange={setRestartHosts} />
        <StepsAhead plan={plan} restarting={restarting.map((host) => host.name)} />
        <HostsAffected plan={plan} />
        <FileChanges plan={plan} />
        <Findings findings={plan.findings} />
        {requester.via === 'agent' && (
          <GiveKey client={requester.client?.name ?? t('who.agent')} checked={giveKeyToClient} onChange={setGiveKey} />
        )}
      </main>
      <footer className="decision">
        {deciding.failure && <FailureNotice failure={deciding.failure} />}
        <div className="decision-row">
          <TimeLeft until={approval.expiresAt} />
          <Buttons name={plan.target.name} busy={deciding.busy} onApprove={approve} onDeny={deny} />
        </div>
      </footer>
    </>
  );
}

interface ButtonsProps {
  readonly name: string;
  readonly busy: boolean;
  onApprove(): void;
  onDeny(): void;
}

function Buttons({ name, busy, onApprove, onDeny }: ButtonsProps) {
  const { t } = useTranslation();
  const [deaf, setDeaf] = useState(true);
  const cancel = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    cancel.current?.focus({ preventScroll: true });
    const timer = setTimeout(() => setDeaf(false), DEAF_FOR_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="decision-buttons">
      <button ref={cancel} type="button" className="button" disabled={busy} onClick={() => !deaf && onDeny()}>
        {t('action.cancel')}
      </button>
      <button type="button" className="button button-main" disabled={busy || deaf} onClick={onApprove}>
        {busy ? t('confirm.approving') : t('confirm.submit', { name })}
      </button>
    </div>
  );
}

function TimeLeft({ until }: { until: string }) {
  const { t } = useTranslation();
  const now = useNow(500);
  return (
    <p className="time-left muted" role="timer">
      {t('confirm.timeLeft', { left: clock(until, now) })}
    </p>
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
