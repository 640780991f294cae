import { useTranslation } from 'react-i18next';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import { Icon, type IconName } from '../look/icons.tsx';
import { progressOf, type StepState } from './progress.ts';
import { useStepWords } from './use-step-words.ts';

const ICONS: Record<StepState, IconName> = {
  done: 'check',
  running: 'turn',
  waiting: 'pause',
  failed: 'cross',
  open: 'circle',
  'left-out': 'minus',
};

export function ProgressSteps({ rotation }: { rotation: Rotation }) {
  const { t } = useTranslation();
  const stepWords = useStepWords(rotation);
  return (
    <section aria-labelledby="progress">
      <h2 id="progress">{t('rotation.progress')}</h2>
      <ol className="progress panel">
        {progressOf(rotation).map(({ id, state }) => (
          <li
            key={id}
            className={`progress-${state}`}
            {...(state === 'running' && { 'aria-current': 'step' as const })}
          >
            <span className={state === 'running' ? 'progress-sign spin' : 'progress-sign'}>
              <Icon name={ICONS[state]} />
            </span>
            <span>{stepWords(id)}</span>
            <span className="progress-state small">{t(`rotation.stepState.${state}`)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
