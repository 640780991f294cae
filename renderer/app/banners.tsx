import { useTranslation } from 'react-i18next';
import { type Question, questionsOf } from '../../main/approvals/batch.schema.ts';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import { useAnswer } from '../data/use-rekey.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { Notice } from '../look/notice.tsx';
import { DueBanner } from '../reminders/due-banner.tsx';
import { isAtRest, needsPerson, progressOf } from '../rotation/progress.ts';
import { shortListOf } from '../words/list.ts';
import { useTogether } from '../words/together.ts';
import { useWho } from '../words/who.ts';
import { CrashBanner } from './crash-banner.tsx';
import { confirmationHref, rotationHref } from './route.ts';

/** So many rotations that run have a banner each. */
const MOST_RUNNING = 3;
/** So many keys of one question are named. */
const MOST_NAMES = 5;

/** What waits for the person or is under way, above whatever page is open. */
export function Banners({ shownRotation }: { shownRotation: string | null }) {
  const approvals = useAnswer('listApprovals').value ?? [];
  const rotations = latestOfEach(useAnswer('listRotations').value ?? []);
  const others = rotations.filter(({ id }) => id !== shownRotation);
  const running = others.filter((rotation) => !isAtRest(rotation));
  const status = useAnswer('getStatus').value;
  return (
    <div className="banners stack" aria-live="polite">
      {questionsOf(approvals).map((question) => (
        <WaitingBanner key={question[0].id} question={question} inWindow={status?.shell === 'electron'} />
      ))}
      {running.length > MOST_RUNNING && <SeveralRunning count={running.length} />}
      {others
        .filter((rotation) => needsPerson(rotation) || (running.length <= MOST_RUNNING && running.includes(rotation)))
        .map((rotation) => (
          <RotationBanner key={rotation.id} rotation={rotation} />
        ))}
      <DueBanner />
      <CrashBanner />
      {status?.notices.map((notice) => (
        <FailureNotice key={`${notice.code} ${notice.message}`} failure={notice} fresh={false} tone="warn" />
      ))}
    </div>
  );
}

/** An older rotation of a key says nothing any more once there is a newer one. */
function latestOfEach(rotations: readonly Rotation[]): readonly Rotation[] {
  const byTarget = Map.groupBy(rotations, ({ target }) => target.id);
  return [...byTarget.values()].map((all) => all.reduce((a, b) => (a.startedAt >= b.startedAt ? a : b)));
}

function WaitingBanner({ question, inWindow }: { question: Question; inWindow: boolean }) {
  const { t, i18n } = useTranslation();
  const whoWords = useWho();
  const together = useTogether();
  const [first] = question;
  const who = whoWords(first.requester);
  const quoted = question.map(({ plan }) => `“${plan.target.name}”`);
  const names = shortListOf(quoted, MOST_NAMES, i18n.language, (more) => t('keys.more', { count: more }));
  return (
    <Notice
      tone="warn"
      role="status"
      title={t('banner.waiting', { count: question.length })}
      actions={
        inWindow ? undefined : (
          <a className="button button-main" href={confirmationHref(first.id)}>
            {t('banner.look')}
          </a>
        )
      }
    >
      <p>
        {together(
          question.length === 1
            ? t('banner.askedBy', { who, name: first.plan.target.name })
            : t('banner.askedForSeveral', { who, names }),
          inWindow && t('banner.inWindow'),
        )}
      </p>
    </Notice>
  );
}

function SeveralRunning({ count }: { count: number }) {
  const { t } = useTranslation();
  const toKeys = (
    <a className="button" href="#/keys">
      {t('banner.toKeys')}
    </a>
  );
  return (
    <Notice tone="info" role="status" title={t('banner.runningSeveral', { count })} actions={toKeys}>
      <p>{t('banner.runningSeveralMore')}</p>
    </Notice>
  );
}

function RotationBanner({ rotation }: { rotation: Rotation }) {
  const { t } = useTranslation();
  const name = rotation.target.name;
  const current = progressOf(rotation).find(({ state }) => state === 'running');
  const words = current ? t('banner.running', { name }) : t(needOf(rotation), { name });
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

function needOf({ outcome }: Rotation) {
  if (outcome === 'done-in-part') return 'banner.toDo';
  return outcome === 'done' ? 'banner.notRevoked' : 'banner.needsYou';
}
