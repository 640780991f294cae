import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Approval } from '../../main/approvals/approval.schema.ts';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import { Notice } from '../look/notice.tsx';
import { isAtRest } from '../rotation/progress.ts';
import { RotationDetails } from '../rotation/rotation-details.tsx';
import { NotApproved } from './not-approved.tsx';
import { WayOn } from './way-on.tsx';

interface DecidedProps {
  readonly approval: Approval;
  readonly rotation: Rotation | null;
}

/** After the decision: what came of it, and the rotation while it runs. */
export function Decided({ approval, rotation }: DecidedProps) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  // The buttons that had the focus are gone: a screen reader goes on here.
  useEffect(() => heading.current?.focus(), []);
  const name = approval.plan.target.name;
  const running = approval.state === 'approved' && !(rotation && isAtRest(rotation));
  return (
    <main className="confirmation-main stack">
      <h1 ref={heading} tabIndex={-1}>
        {approval.state === 'approved'
          ? t(running ? 'rotation.running' : 'rotation.of', { name })
          : t('confirm.title', { name })}
      </h1>
      {approval.state === 'approved' ? <Approved rotation={rotation} /> : <NotApproved approval={approval} />}
      {!running && <WayOn rotationId={approval.rotationId} pastes={rotation?.offers.includes('paste-key') ?? false} />}
    </main>
  );
}

function Approved({ rotation }: { rotation: Rotation | null }) {
  const { t } = useTranslation();
  if (rotation) return <RotationDetails rotation={rotation} />;
  return (
    <Notice tone="info" role="status" title={t('confirm.decided.approvedElsewhere')}>
      <p>{t('confirm.decided.approvedElsewhereMore')}</p>
    </Notice>
  );
}
