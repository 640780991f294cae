import { useTranslation } from 'react-i18next';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import type { CredentialView } from '../../preload/contract.ts';
import { useDoing } from '../data/use-doing.ts';
import { useAnswer } from '../data/use-rekey.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { Pill } from '../look/pill.tsx';
import { RevokeButton } from '../rotation/revoke-button.tsx';
import { UndoButton } from '../rotation/undo-button.tsx';
import { useOldKeyName } from '../rotation/use-old-key-words.ts';
import { capitalised } from '../words/list.ts';
import { dateAndTime } from '../words/time.ts';

/** Keys that this one has replaced and that still work, each with what can be done about it. */
export function OldKeys({ credential }: { credential: CredentialView }) {
  const rotations = useAnswer('listRotations').value ?? [];
  const alive = rotations.filter(({ target, revocation, outcome }) => {
    const lives = revocation?.state === 'due' || revocation?.state === 'held';
    return target.id === credential.id && outcome !== null && lives;
  });
  if (alive.length === 0) return null;
  return (
    <div className="key-old">
      {alive.map((rotation) => (
        <OldKey key={rotation.id} rotation={rotation} />
      ))}
    </div>
  );
}

function OldKey({ rotation }: { rotation: Rotation }) {
  const doing = useDoing();
  const words = useStateWords()(rotation);
  const { offers, revocation } = rotation;
  return (
    <>
      <div className="row">
        <Pill tone={revocation?.state === 'held' ? 'warn' : 'quiet'} icon="clock">
          {words}
        </Pill>
        {offers.includes('revoke') && <RevokeButton rotation={rotation} short />}
        {offers.includes('undo') && <UndoButton rotation={rotation} doing={doing} short />}
      </div>
      {doing.failure && <FailureNotice failure={doing.failure} />}
    </>
  );
}

/** "The old key works until 3 May, 14:00". */
function useStateWords(): (rotation: Rotation) => string {
  const { t, i18n } = useTranslation();
  const nameOf = useOldKeyName();
  return (rotation) => {
    const { revocation } = rotation;
    const key = capitalised(nameOf(rotation), i18n.language);
    if (revocation?.state === 'held') return t('keys.oldKey.held', { key });
    const at = revocation?.at ?? null;
    if (at === null) return t('keys.oldKey.works', { key });
    return t('keys.oldKey.until', { key, time: dateAndTime(at, i18n.language) });
  };
}
