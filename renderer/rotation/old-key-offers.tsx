import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import { useDoing } from '../data/use-doing.ts';
import { FailureNotice } from '../look/failure-notice.tsx';
import { KeysPageLink } from './keys-page-link.tsx';
import { OldKey } from './old-key.tsx';
import { RevokeButton } from './revoke-button.tsx';
import { UndoButton } from './undo-button.tsx';

/** What becomes of the old key, with what the person can do about it. */
export function OldKeyOffers({ rotation }: { rotation: Rotation }) {
  const doing = useDoing();
  const { offers, revocation } = rotation;
  const actions = (
    <>
      {offers.includes('revoke') && revocation?.by === 'person' && <KeysPageLink rotation={rotation} />}
      {offers.includes('revoke') && <RevokeButton rotation={rotation} />}
      {offers.includes('undo') && <UndoButton rotation={rotation} doing={doing} />}
    </>
  );
  return (
    <>
      <OldKey rotation={rotation} actions={actions} />
      {doing.failure && <FailureNotice failure={doing.failure} />}
    </>
  );
}
