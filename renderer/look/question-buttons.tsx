import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

interface QuestionButtonsProps {
  readonly submit: string;
  /** `danger`: what is lost by it can't be had back. */
  readonly tone: 'main' | 'danger';
  readonly busy: boolean;
  onSubmit(): void;
  onCancel(): void;
}

/** The two buttons of a question: cancel, which is chosen already, and what is asked about in its own words. */
export function QuestionButtons({ submit, tone, busy, onSubmit, onCancel }: QuestionButtonsProps) {
  const { t } = useTranslation();
  return (
    <div className="dialog-buttons">
      <Button className="button" autoFocus onPress={onCancel}>
        {t('action.cancel')}
      </Button>
      <Button className={`button button-${tone}`} isDisabled={busy} onPress={onSubmit}>
        {submit}
      </Button>
    </div>
  );
}
