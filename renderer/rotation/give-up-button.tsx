import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import { useDoing } from '../data/use-doing.ts';
import { useRekey } from '../data/use-rekey.tsx';
import { DialogFrame } from '../look/dialog-frame.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { QuestionButtons } from '../look/question-buttons.tsx';

/** Ends a rotation that waits, once the person has read what stays as it is. */
export function GiveUpButton({ rotation }: { rotation: Rotation }) {
  const { t } = useTranslation();
  const { api } = useRekey();
  const doing = useDoing();
  const [open, setOpen] = useState(false);
  const names = { name: rotation.target.name, provider: rotation.provider.name };
  const close = (): void => {
    doing.forget();
    setOpen(false);
  };
  const giveUp = async (): Promise<void> => {
    if (await doing.run(async () => void (await api.call('giveUpRotation', { id: rotation.id })))) close();
  };
  return (
    <>
      <Button className="button" onPress={() => setOpen(true)}>
        {t('rotation.giveUp.open')}
      </Button>
      {open && (
        <DialogFrame role="alertdialog" title={t('rotation.giveUp.title', names)} onClose={close}>
          <p>{t(`rotation.giveUp.${whatStays(rotation)}`, names)}</p>
          {doing.failure && <FailureNotice failure={doing.failure} />}
          <QuestionButtons
            submit={t('rotation.giveUp.submit')}
            tone="danger"
            busy={doing.busy}
            onSubmit={giveUp}
            onCancel={close}
          />
        </DialogFrame>
      )}
    </>
  );
}

function whatStays({ way, step }: Rotation): 'byHand' | 'doubt' | 'late' {
  if (step !== 'requested' && step !== 'answered') return 'late';
  return way === 'by-hand' ? 'byHand' : 'doubt';
}
