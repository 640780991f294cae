import { useTranslation } from 'react-i18next';
import type { CredentialView } from '../../preload/contract.ts';
import { useSay } from '../app/say.tsx';
import { useDoing } from '../data/use-doing.ts';
import { useRekey } from '../data/use-rekey.tsx';
import { DialogFrame } from '../look/dialog-frame.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { QuestionButtons } from '../look/question-buttons.tsx';

export function RemoveDialog({ credential, onClose }: { credential: CredentialView; onClose: () => void }) {
  const { t } = useTranslation();
  const { api, answers } = useRekey();
  const say = useSay();
  const doing = useDoing();
  const { id, name, providerName } = credential;
  const remove = async () => {
    const removed = await doing.run(async () => {
      await api.call('removeCredential', { credential: id });
      await answers.ask('listCredentials');
    });
    if (!removed) return;
    onClose();
    say(t('keys.removed', { name }));
  };
  return (
    <DialogFrame role="alertdialog" title={t('remove.title', { name })} onClose={onClose}>
      <p>{t('remove.what')}</p>
      <p>{t('remove.stays', { provider: providerName })}</p>
      {doing.failure && <FailureNotice failure={doing.failure} />}
      <QuestionButtons
        submit={t('remove.submit', { name })}
        tone="danger"
        busy={doing.busy}
        onSubmit={remove}
        onCancel={onClose}
      />
    </DialogFrame>
  );
}
