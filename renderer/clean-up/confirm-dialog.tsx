import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDoing } from '../data/use-doing.ts';
import { useRekey } from '../data/use-rekey.tsx';
import { DialogFrame } from '../look/dialog-frame.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { FilePath } from '../look/file-path.tsx';
import { QuestionButtons } from '../look/question-buttons.tsx';

interface ConfirmDialogProps {
  readonly title: string;
  readonly file: string;
  readonly submit: string;
  readonly children: ReactNode;
  onConfirm(): Promise<void>;
  onClose(): void;
}

/** Says what will happen to a file, and does it when the person agrees. */
export function ConfirmDialog({ title, file, submit, children, onConfirm, onClose }: ConfirmDialogProps) {
  const { t } = useTranslation();
  const { answers } = useRekey();
  const doing = useDoing();
  const confirm = async () => {
    if (!(await doing.run(onConfirm))) return;
    onClose();
    await answers.ask('listHosts');
  };
  return (
    <DialogFrame role="alertdialog" title={title} onClose={onClose}>
      <p>
        <FilePath path={file} />
      </p>
      {children}
      <p>{t('cleanUp.kept')}</p>
      {doing.failure && <FailureNotice failure={doing.failure} />}
      <QuestionButtons submit={submit} tone="main" busy={doing.busy} onSubmit={confirm} onCancel={onClose} />
    </DialogFrame>
  );
}
