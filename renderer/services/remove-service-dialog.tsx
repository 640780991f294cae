import { useTranslation } from 'react-i18next';
import { useDoing } from '../data/use-doing.ts';
import { useRekey } from '../data/use-rekey.tsx';
import { DialogFrame } from '../look/dialog-frame.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { QuestionButtons } from '../look/question-buttons.tsx';

interface RemoveServiceDialogProps {
  readonly id: string;
  readonly name: string;
  onClose(): void;
  onRemoved(): void;
}

export function RemoveServiceDialog({ id, name, onClose, onRemoved }: RemoveServiceDialogProps) {
  const { t } = useTranslation();
  const { api, answers } = useRekey();
  const doing = useDoing();
  const remove = async (): Promise<void> => {
    const removed = await doing.run(async () => {
      await api.call('removeService', { id });
      await answers.ask('listServices');
    });
    if (removed) onRemoved();
  };
  return (
    <DialogFrame role="alertdialog" title={t('services.removeTitle', { name })} onClose={onClose}>
      <p>{t('services.removeWhat')}</p>
      {doing.failure && <FailureNotice failure={doing.failure} />}
      <QuestionButtons
        submit={t('services.removeSubmit', { name })}
        tone="danger"
        busy={doing.busy}
        onSubmit={remove}
        onCancel={onClose}
      />
    </DialogFrame>
  );
}
