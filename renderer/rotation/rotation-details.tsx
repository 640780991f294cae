import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Finding } from '../../main/rotation/plan.schema.ts';
import type { Restart, Rotation } from '../../main/rotation/rotation.schema.ts';
import { FailureNotice, useFailureWords } from '../look/failure-notice.tsx';
import { Notice } from '../look/notice.tsx';
import { Findings } from '../plan/findings.tsx';
import { CooldownLeft } from './cooldown-left.tsx';
import { OldKey } from './old-key.tsx';
import { ProgressSteps } from './progress-steps.tsx';
import { Restarts } from './restarts.tsx';
import { RotationNews } from './rotation-end.tsx';
import { SiteResults } from './site-results.tsx';

interface RotationDetailsProps {
  readonly rotation: Rotation;
  /** What the person can do about what is left to do. */
  readonly todoActions?: ReactNode;
  /** What the person can do about the rotation as a whole. */
  readonly actions?: ReactNode;
  /** In the place of the bare words about the old key. */
  readonly oldKey?: ReactNode;
  /** What the person can do about something that was left as it is. */
  readonly findingActions?: (finding: Finding) => ReactNode;
  /** What the person can do about a program that Rekey can restart. */
  readonly restartActions?: (restart: Restart) => ReactNode;
}

/** One rotation while it runs and after: shown on its own page and in the confirmation. */
export function RotationDetails(props: RotationDetailsProps) {
  const { rotation, todoActions, actions, oldKey, findingActions, restartActions } = props;
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  const todo = rotation.sites.filter(({ state }) => state === 'to-do');
  const ended = rotation.outcome !== null;
  const others = rotation.sites.filter(({ state }) => state !== 'to-do');
  return (
    <div className="stack rotation">
      <RotationNews rotation={rotation} />
      {actions}
      {oldKey ?? <OldKey rotation={rotation} />}
      {rotation.newFingerprint !== null && (
        <p className="muted">{t('rotation.newKey', { fingerprint: rotation.newFingerprint })}</p>
      )}
      {rotation.cooldown && <CooldownLeft cooldown={rotation.cooldown} />}
      {rotation.unverified && (
        <FailureNotice tone="warn" fresh={false} title={t('rotation.unverified')} failure={rotation.unverified} />
      )}
      {rotation.notKept.length > 0 && (
        <Notice tone="warn" title={t('rotation.notKept')}>
          {rotation.notKept.map(({ file, problem }) => (
            <p key={file}>{failureWords(problem).message}</p>
          ))}
        </Notice>
      )}
      {todo.length > 0 && (
        <section aria-labelledby="todo">
          <h2 id="todo">{t('rotation.todo')}</h2>
          <SiteResults sites={todo} ended={ended} />
          {todoActions && <div className="row rotation-actions">{todoActions}</div>}
        </section>
      )}
      <Restarts rotation={rotation} actions={restartActions} />
      <ProgressSteps rotation={rotation} />
      {others.length > 0 && (
        <section aria-labelledby="places">
          <h2 id="places">{t('rotation.places')}</h2>
          <SiteResults sites={others} ended={ended} />
        </section>
      )}
      <Findings findings={rotation.findings} actions={findingActions} />
    </div>
  );
}
