import { useTranslation } from 'react-i18next';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import { useDoing } from '../data/use-doing.ts';
import { useRekey } from '../data/use-rekey.tsx';
import { DialogFrame } from '../look/dialog-frame.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { FilePath } from '../look/file-path.tsx';
import { QuestionButtons } from '../look/question-buttons.tsx';
import { filesLeft } from './files-left.ts';
import { KeysPageLink } from './keys-page-link.tsx';
import { useOldKeyName } from './use-old-key-words.ts';

/** The core's word for an old key that still stands, or may stand, in a file. */
const STILL_STANDS = 'not-revoked';

/** Names what stops working with the old key, and ends it when the person agrees. */
export function RevokeDialog({ rotation, onClose }: { rotation: Rotation; onClose: () => void }) {
  const { t } = useTranslation();
  const { api } = useRekey();
  const doing = useDoing();
  const { id, target, provider, revocation } = rotation;
  const names = { key: useOldKeyName()(rotation), name: target.name, provider: provider.name };
  const byPerson = revocation?.by === 'person';
  const left = filesLeft(rotation);
  const skipLeft = left.length > 0 || doing.failure?.code === STILL_STANDS;
  const revoke = async (): Promise<void> => {
    const revoked = await doing.run(async () => {
      await api.call('revokeOldKey', { id, ...(skipLeft && { skipLeft }) });
    });
    if (revoked) onClose();
  };
  return (
    <DialogFrame
      role="alertdialog"
      title={t(byPerson ? 'rotation.revoke.byPersonTitle' : 'rotation.revoke.title', names)}
      onClose={onClose}
    >
      {byPerson ? (
        <>
          <p>{t('rotation.revoke.byPersonWhat', names)}</p>
          <div>
            <KeysPageLink rotation={rotation} />
          </div>
        </>
      ) : (
        <p>{t('rotation.revoke.what', names)}</p>
      )}
      {left.length > 0 && (
        <div className="stack-tight">
          <p>{t('rotation.revoke.left')}</p>
          <ul className="points">
            {left.map((file) => (
              <li key={file}>
                <FilePath path={file} />
              </li>
            ))}
          </ul>
        </div>
      )}
      {doing.failure && <FailureNotice failure={doing.failure} />}
      <QuestionButtons
        submit={t(submitWords(byPerson, skipLeft))}
        tone="danger"
        busy={doing.busy}
        onSubmit={revoke}
        onCancel={onClose}
      />
    </DialogFrame>
  );
}

function submitWords(byPerson: boolean, skipLeft: boolean) {
  if (byPerson) return 'rotation.revoke.byPersonSubmit';
  return skipLeft ? 'rotation.revoke.submitAnyway' : 'rotation.revoke.submit';
}
