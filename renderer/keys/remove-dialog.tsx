import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CredentialView } from '../../preload/contract.ts';
import { useSay } from '../app/say.tsx';
import { useDoing } from '../data/use-doing.ts';
import { useAnswer, useRekey } from '../data/use-rekey.tsx';
import { DialogFrame } from '../look/dialog-frame.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { Notice } from '../look/notice.tsx';
import { QuestionButtons } from '../look/question-buttons.tsx';
import { Field } from '../look/text-field.tsx';

/** Where the key stands nowhere else it can't be had back, so that its name is to be typed. */
export function RemoveDialog({ credential, onClose }: { credential: CredentialView; onClose: () => void }) {
  const { t } = useTranslation();
  const { api, answers } = useRekey();
  const say = useSay();
  const doing = useDoing();
  const { id, name, providerName } = credential;
  const [typed, setTyped] = useState('');
  const hosts = useAnswer('listHosts').value;
  // As long as nobody knows, it may be.
  const isOnlyCopy = !hosts?.some(({ sites }) => sites.some((site) => site.credential === name));
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
      {isOnlyCopy ? (
        <>
          <Notice tone="warn" title={t('remove.onlyCopy')}>
            <p>{t('remove.onlyCopyMore', { provider: providerName })}</p>
          </Notice>
          <Field label={t('remove.type', { name })} value={typed} onChange={setTyped} />
        </>
      ) : (
        <p>{t('remove.stays', { provider: providerName })}</p>
      )}
      {doing.failure && <FailureNotice failure={doing.failure} />}
      <QuestionButtons
        submit={t('remove.submit', { name })}
        tone="danger"
        busy={doing.busy}
        isDisabled={isOnlyCopy && typed.trim() !== name}
        onSubmit={remove}
        onCancel={onClose}
      />
    </DialogFrame>
  );
}
