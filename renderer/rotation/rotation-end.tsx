import { useTranslation } from 'react-i18next';
import type { Outcome, Rotation } from '../../main/rotation/rotation.schema.ts';
import { useFailureWords } from '../look/failure-notice.tsx';
import { Notice } from '../look/notice.tsx';

const TONES: Record<Outcome, 'ok' | 'warn' | 'bad' | 'info'> = {
  done: 'ok',
  'done-in-part': 'warn',
  stopped: 'info',
  declined: 'info',
  unchanged: 'info',
  lost: 'bad',
  'given-up': 'info',
};

/** How it ended or why it stands still, in words, with the way out. */
export function RotationEnd({ rotation }: { rotation: Rotation }) {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  const { outcome, waiting } = rotation;
  if (!outcome && !waiting) return null;
  const problem = waiting?.problem ?? rotation.problem;
  const words = problem && failureWords(problem);
  const names = { name: rotation.target.name, provider: rotation.provider.name };
  if (!outcome) {
    return (
      <Notice tone="warn" role="status" title={t('rotation.waiting')}>
        <p>{words?.message}</p>
        <p>{words?.wayOut}</p>
      </Notice>
    );
  }
  return (
    <Notice tone={TONES[outcome]} role="status" title={t(titleOf(outcome, rotation), names)}>
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
