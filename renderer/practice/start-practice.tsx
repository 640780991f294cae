import { useId, useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { type Trouble, TroubleSchema } from '../../main/practice/practice.schema.ts';
import { useDoing } from '../data/use-doing.ts';
import { useRekey } from '../data/use-rekey.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';

/** What practice is, and what is to go wrong in it. */
export function StartPractice() {
  const { t } = useTranslation();
  const { api, answers } = useRekey();
  const doing = useDoing();
  const [trouble, setTrouble] = useState<Trouble>('none');
  const start = () =>
    doing.run(async () => {
      await api.call('startPractice', { trouble });
      await answers.ask('getPractice');
      location.hash = '#/practice';
    });
  return (
    <>
      <header className="stack-tight">
        <h1>{t('app.practice')}</h1>
        <p>{t('practice.what')}</p>
        <p className="muted">{t('practice.sandbox')}</p>
      </header>
      <Troubles chosen={trouble} onChange={setTrouble} />
      {doing.failure && <FailureNotice failure={doing.failure} />}
      <div>
        <Button className="button button-main" isDisabled={doing.busy} onPress={start}>
          {t('practice.start')}
        </Button>
      </div>
    </>
  );
}

function Troubles({ chosen, onChange }: { chosen: Trouble; onChange(trouble: Trouble): void }) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <fieldset className="practice-choice panel">
      <legend>{t('practice.trouble.title')}</legend>
      {TroubleSchema.options.map((trouble) => (
        <div key={trouble}>
          <label className="check">
            <input
              type="radio"
              name={id}
              checked={trouble === chosen}
              aria-describedby={`${id}${trouble}`}
              onChange={() => onChange(trouble)}
            />
            <span>{t(`practice.trouble.${trouble}`)}</span>
          </label>
          <p id={`${id}${trouble}`} className="small muted practice-choice-more">
            {t(`practice.troubleMore.${trouble}`)}
          </p>
        </div>
      ))}
    </fieldset>
  );
}
