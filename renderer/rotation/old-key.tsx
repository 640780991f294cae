import type { ReactNode } from 'react';
import type { Revocation, Rotation } from '../../main/rotation/rotation.schema.ts';
import { useFailureWords } from '../look/failure-notice.tsx';
import { Notice } from '../look/notice.tsx';
import { useNow } from '../words/use-now.ts';
import { useOldKeyWords } from './use-old-key-words.ts';

const TONES = { due: 'info', held: 'warn', revoked: 'ok', undone: 'info' } as const satisfies Record<
  Revocation['state'],
  string
>;

interface OldKeyProps {
  readonly rotation: Rotation;
  /** What the person can do about it. */
  readonly actions?: ReactNode;
}

/** What becomes of the old key, where an ended rotation has left it alive. */
export function OldKey({ rotation, actions }: OldKeyProps) {
  const words = useOldKeyWords()(rotation, useNow(30_000));
  const failureWords = useFailureWords();
  const { revocation, outcome } = rotation;
  if (!revocation || words === null || outcome === null) return null;
  const problem = revocation.problem && failureWords(revocation.problem);
  return (
    <Notice tone={TONES[revocation.state]} role="status" title={words} actions={actions}>
      {problem && (
        <>
          <p>{problem.message}</p>
          <p>{problem.wayOut}</p>
        </>
      )}
    </Notice>
  );
}
