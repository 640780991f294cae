import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import { FailureNotice } from '../look/failure-notice.tsx';
import { Icon } from '../look/icons.tsx';
import { Findings } from '../plan/findings.tsx';
import { CooldownLeft } from './cooldown-left.tsx';
import { ProgressSteps } from './progress-steps.tsx';
import { RotationEnd } from './rotation-end.tsx';
import { SiteResults } from './site-results.tsx';

interface RotationDetailsProps {
  readonly rotation: Rotation;
  /** What the person can do about what is left to do. */
  readonly todoActions?: ReactNode;
  /** What the person can do about the rotation as a whole. */
  readonly actions?: ReactNode;
}

/** One rotation while it runs and after: shown on its own page and in the confirmation. */
export function RotationDetails({ rotation, todoActions, actions }: RotationDetailsProps) {
  const { t } = useTranslation();
  const todo = rotation.sites.filter(({ state }) => state === 'to-do');
  const ended = rotation.outcome !== null;
  const others = rotation.sites.filter(({ state }) => state !== 'to-do');
  return (
    <div className="stack rotation">
      <RotationEnd rotation={rotation} />
      {actions && <div className="row">{actions}</div>}
      {rotation.newFingerprint !== null && (
        <p className="muted">{t('rotation.newKey', { fingerprint: rotation.newFingerprint })}</p>
      )}
      {rotation.cooldown && <CooldownLeft cooldown={rotation.cooldown} />}
      {rotation.unverified && (
        <FailureNotice tone="warn" fresh={false} title={t('rotation.unverified')} failure={rotation.unverified} />
      )}
      {todo.length > 0 && (
        <section aria-labelledby="todo">
          <h2 id="todo">{t('rotation.todo')}</h2>
          <SiteResults sites={todo} ended={ended} />
          {todoActions && <div className="row rotation-actions">{todoActions}</div>}
        </section>
      )}
      {ended && <Restarts rotation={rotation} />}
      <ProgressSteps rotation={rotation} />
      {others.length > 0 && (
        <section aria-labelledby="places">
          <h2 id="places">{t('rotation.places')}</h2>
          <SiteResults sites={others} ended={ended} />
        </section>
      )}
      <Findings findings={rotation.findings} />
    </div>
  );
}

function Restarts({ rotation }: { rotation: Rotation }) {
  const { t } = useTranslation();
  if (rotation.restarts.length === 0) return null;
  return (
    <section aria-labelledby="restarts">
      <h2 id="restarts">{t('rotation.restarts')}</h2>
      <ul className="panel lines">
        {rotation.restarts.map(({ id, name, reload }) => (
          <li key={id} className="host-affected">
            <Icon name="turn" />
            <p>{t(`rotation.restart.${reload}`, { host: name })}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
