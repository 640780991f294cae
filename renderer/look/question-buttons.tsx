import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

interface QuestionButtonsProps {
  readonly submit: string;
  /** `danger`: what is lost by it can't be had back. */
  readonly tone: 'main' | 'danger';
  readonly busy: boolean;
  /** Something is still to be done before it can be agreed to. */
  readonly isDisabled?: boolean;
  onSubmit(): void;
  onCancel(): void;
}

/** The two buttons of a question: cancel, which is chosen already, and what is asked about in its own words. */
export function QuestionButtons(props: QuestionButtonsProps) {
  const { submit, tone, busy, isDisabled = false, onSubmit, onCancel } = props;
  const { t } = useTranslation();
  return (
    <div className="dialog-buttons">
      <Button className="button" autoFocus onPress={onCancel}>
        {t('action.cancel')}
      </Button>
      <Button className={`button button-${tone}`} isDisabled={busy || isDisabled} onPress={onSubmit}>
        {submit}
      </Button>
    </div>
  );
}
