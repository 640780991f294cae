import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Approval } from '../../main/approvals/approval.schema.ts';
import type { Batch } from '../../main/approvals/batch.schema.ts';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import { useFailureWords } from '../look/failure-notice.tsx';
import { isAtRest } from '../rotation/progress.ts';
import { LeftOut } from './batch-left-out.tsx';
import { BatchState } from './batch-state.tsx';
import { WayOn } from './way-on.tsx';

interface BatchDecidedProps {
  readonly batch: Batch;
  /** By id. */
  readonly rotations: ReadonlyMap<string, Rotation>;
}

/** After the decision: how each of the rotations goes, and the way to it. */
export function BatchDecided({ batch: { approvals, refused }, rotations }: BatchDecidedProps) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  // The buttons that had the focus are gone: a screen reader goes on here.
  useEffect(() => heading.current?.focus(), []);
  const rotationOf = ({ rotationId }: Approval): Rotation | null =>
    (rotationId !== null && rotations.get(rotationId)) || null;
  const begun = approvals.filter(({ state }) => state === 'approved');
  const done = begun.map(rotationOf).filter((rotation) => rotation !== null && isAtRest(rotation));
  const running = done.length < begun.length;
  const title = begun.length === 0 ? 'confirm.batch.none' : running ? 'confirm.batch.running' : 'confirm.batch.ended';
  return (
    <main className="confirmation-main stack">
      <h1 ref={heading} tabIndex={-1}>
        {t(title, { count: begun.length })}
      </h1>
      {begun.length > 0 && <p role="status">{t('confirm.batch.progress', { done: done.length, all: begun.length })}</p>}
      <ul className="panel lines" aria-label={t('confirm.batch.list')}>
        {approvals.map((approval) => (
          <Progress key={approval.id} approval={approval} rotation={rotationOf(approval)} />
        ))}
      </ul>
      <LeftOut refused={refused} />
      {!running && <WayOn rotationId={null} pastes={false} />}
    </main>
  );
}

function Progress({ approval, rotation }: { approval: Approval; rotation: Rotation | null }) {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  const { plan, problem, rotationId } = approval;
  const why = problem ?? rotation?.waiting?.problem ?? rotation?.problem ?? null;
  const words = why && failureWords(why);
  const { name } = plan.target;
  const inBrowser = location.protocol.startsWith('http');
  return (
    <li className="stack-tight">
      <p className="row">
        <strong>{name}</strong> <BatchState approval={approval} rotation={rotation} />
        {inBrowser && rotationId !== null && (
          <a className="link" href={`./#/rotation/${rotationId}`} aria-label={t('confirm.batch.seeLabel', { name })}>
            {t('keys.seeRotation')}
          </a>
        )}
      </p>
      {words && <p className="small">{words.both}</p>}
    </li>
  );
}
