import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Plan } from '../../main/rotation/plan.schema.ts';
import { span } from '../words/time.ts';

interface GraceChoiceProps {
  readonly plan: Plan;
  /** In minutes; null where there is no choice. */
  readonly chosen: number | null;
  onChange(minutes: number): void;
}

/** For how long the old key is to work on, where the service leaves that to the person. */
export function GraceChoice({ plan, chosen, onChange }: GraceChoiceProps) {
  const { t, i18n } = useTranslation();
  const id = useId();
  if (!plan.grace) return null;
  const atOnce = plan.strategy === 'overlap' ? 'confirm.grace.revokeAtOnce' : 'confirm.grace.endsAtOnce';
  return (
    <fieldset className="grace panel" aria-describedby={`${id}more`}>
      <legend>{t('confirm.grace.title')}</legend>
      {plan.grace.choices.map((minutes) => (
        <label key={minutes} className="check">
          <input type="radio" name={id} checked={minutes === chosen} onChange={() => onChange(minutes)} />
          <span>{minutes === 0 ? t(atOnce) : span(minutes, i18n.language)}</span>
        </label>
      ))}
      <p id={`${id}more`} className="small muted">
        {t('confirm.grace.more')}
      </p>
    </fieldset>
  );
}
