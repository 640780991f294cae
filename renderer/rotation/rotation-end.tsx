import { useTranslation } from 'react-i18next';
import type { Outcome, Rotation } from '../../main/rotation/rotation.schema.ts';
import { useFailureWords } from '../look/failure-notice.tsx';
import { Notice } from '../look/notice.tsx';
import { progressOf } from './progress.ts';
import { useStepWords } from './use-step-words.ts';

const TONES: Record<Outcome, 'ok' | 'warn' | 'bad' | 'info'> = {
  done: 'ok',
  'done-in-part': 'warn',
  stopped: 'info',
  declined: 'info',
  unchanged: 'info',
  lost: 'bad',
  'given-up': 'info',
};

/** While it runs each step is heard, which is seen under *Progress*; then how it ended or why it stands still is told. */
export function RotationNews({ rotation }: { rotation: Rotation }) {
  const stepWords = useStepWords(rotation);
  const running = progressOf(rotation).find(({ state }) => state === 'running');
  return (
    <div className="news" role="status">
      {running && <p className="unseen">{stepWords(running.id)}</p>}
      <RotationEnd rotation={rotation} />
    </div>
  );
}

/** How it ended or why it stands still, in words, with the way out. */
function RotationEnd({ rotation }: { rotation: Rotation }) {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  const { outcome, waiting } = rotation;
  if (!outcome && !waiting) return null;
  const problem = waiting?.problem ?? rotation.problem;
  const words = problem && failureWords(problem);
  const names = { name: rotation.target.name, provider: rotation.provider.name };
  if (!outcome) {
    return (
      <Notice tone="warn" title={t('rotation.waiting')}>
        <p>{words?.message}</p>
        <p>{words?.wayOut}</p>
      </Notice>
    );
  }
  return (
    <Notice tone={TONES[outcome]} title={t(titleOf(outcome, rotation), names)}>
      {/* The core's own words know more than ours; ours are for when it has none. */}
      {words ? (
        <>
          <p>{words.message}</p>
          <p>{words.wayOut}</p>
        </>
      ) : (
        <p>{t(moreOf(outcome, rotation), names)}</p>
      )}
    </Notice>
  );
}

function titleOf(outcome: Outcome, { way }: Rotation) {
  if (way === 'undo' && (outcome === 'done' || outcome === 'done-in-part'))
    return `rotation.undone.${outcome}` as const;
  return `rotation.outcome.${outcome}` as const;
}

function moreOf(outcome: Outcome, { way, sites }: Rotation) {
  const more = outcome === 'done' && sites.length === 0 ? 'doneNowhere' : outcome;
  if (way === 'undo' && (more === 'done' || more === 'doneNowhere' || more === 'done-in-part'))
    return `rotation.undoneMore.${more}` as const;
  return `rotation.outcomeMore.${more}` as const;
}
