import { useTranslation } from 'react-i18next';
import type { Restart } from '../../main/rotation/rotation.schema.ts';
import { useDoing } from '../data/use-doing.ts';
import { useRekey } from '../data/use-rekey.tsx';
import { DialogFrame } from '../look/dialog-frame.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { QuestionButtons } from '../look/question-buttons.tsx';

interface RestartDialogProps {
  readonly rotationId: string;
  readonly restart: Restart;
  onClose(): void;
}

/** Says what is lost with a program that is quit, and restarts it when the person agrees. */
export function RestartDialog({ rotationId, restart, onClose }: RestartDialogProps) {
  const { t } = useTranslation();
  const { api } = useRekey();
  const doing = useDoing();
  const host = { host: restart.name };
  const submit = async (): Promise<void> => {
    const done = await doing.run(async () => {
      await api.call('restartHost', { id: rotationId, host: restart.id });
    });
    if (done) onClose();
  };
  return (
    <DialogFrame role="alertdialog" title={t('rotation.restartNow.title', host)} onClose={onClose}>
      <p>{t('rotation.restartNow.what', host)}</p>
      <p>{t('rotation.restartNow.unsaved')}</p>
      {doing.failure && <FailureNotice failure={doing.failure} />}
      <QuestionButtons
        submit={t('rotation.restartNow.submit', host)}
        tone="main"
        busy={doing.busy}
        onSubmit={submit}
        onCancel={onClose}
      />
    </DialogFrame>
  );
}
