import { useTranslation } from 'react-i18next';
import type { Approval } from '../../main/approvals/approval.schema.ts';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import { useAnswer } from '../data/use-rekey.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { Notice } from '../look/notice.tsx';
import { isAtRest, needsPerson, progressOf } from '../rotation/progress.ts';
import { useWho } from '../words/who.ts';
import { confirmationHref, rotationHref } from './route.ts';

/** What waits for the person or is under way, above whatever page is open. */
export function Banners({ shownRotation }: { shownRotation: string | null }) {
  const approvals = useAnswer('listApprovals').value ?? [];
  const rotations = latestOfEach(useAnswer('listRotations').value ?? []);
  const status = useAnswer('getStatus').value;
  return (
    <>
      {approvals
        .filter(({ state }) => state === 'waiting')
        .map((approval) => (
          <WaitingBanner key={approval.id} approval={approval} inWindow={status?.shell === 'electron'} />
        ))}
      {rotations
        .filter((rotation) => rotation.id !== shownRotation && (!isAtRest(rotation) || needsPerson(rotation)))
        .map((rotation) => (
          <RotationBanner key={rotation.id} rotation={rotation} />
        ))}
      {status?.notices.map((notice) => (
        <FailureNotice key={`${notice.code} ${notice.message}`} failure={notice} fresh={false} tone="warn" />
      ))}
    </>
  );
}

/** An older rotation of a key says nothing any more once there is a newer one. */
function latestOfEach(rotations: readonly Rotation[]): readonly Rotation[] {
  const byTarget = Map.groupBy(rotations, ({ target }) => target.id);
  return [...byTarget.values()].map((all) => all.reduce((a, b) => (a.startedAt >= b.startedAt ? a : b)));
}

function WaitingBanner({ approval, inWindow }: { approval: Approval; inWindow: boolean }) {
  const { t } = useTranslation();
  const whoWords = useWho();
  return (
    <Notice
      tone="warn"
      role="status"
      title={t('banner.waiting', { count: 1 })}
      actions={
        inWindow ? undefined : (
          <a className="button button-main" href={confirmationHref(approval.id)}>
            {t('banner.look')}
          </a>
        )
      }
    >
      <p>
        {t('banner.askedBy', { who: whoWords(approval.requester), name: approval.plan.target.name })}{' '}
        {inWindow && t('banner.inWindow')}
      </p>
    </Notice>
  );
}

function RotationBanner({ rotation }: { rotation: Rotation }) {
  const { t } = useTranslation();
  const name = rotation.target.name;
  const current = progressOf(rotation).find(({ state }) => state === 'running');
  const words = current
    ? t('banner.running', { name })
    : t(rotation.outcome === 'done-in-part' ? 'banner.toDo' : 'banner.needsYou', { name });
  return (
    <Notice
      tone={current ? 'info' : 'warn'}
      role="status"
      title={words}
      actions={
        <a className="button" href={rotationHref(rotation.id)}>
          {t('banner.see')}
        </a>
      }
    >
      {current && (
        <p>
          {t('banner.runningStep', { step: t(`rotation.step.${current.id}`, { provider: rotation.provider.name }) })}
        </p>
      )}
    </Notice>
  );
}
