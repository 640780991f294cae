import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RotateEveryDays } from '../../main/credentials/credential.schema.ts';
import { FailureNotice } from '../look/failure-notice.tsx';
import { PERIODS, PeriodSelect } from '../reminders/period-select.tsx';
import { useChange } from './use-change.ts';

/** After how many days Rekey reminds of a key that has no choice of its own. */
export function Reminders({ everyDays }: { everyDays: RotateEveryDays }) {
  const { t } = useTranslation();
  const { change, failure } = useChange();
  /** What the person has just chosen, until it holds or was refused. */
  const [wanted, setWanted] = useState<RotateEveryDays | null>(null);
  const turns = useRef(0);
  const id = useId();
  const choose = async (rotateEveryDays: RotateEveryDays) => {
    const turn = ++turns.current;
    setWanted(rotateEveryDays);
    await change(() => ({ rotateEveryDays }));
    if (turn === turns.current) setWanted(null);
  };
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{t('settings.reminders')}</h2>
      <div className="panel setting stack-tight">
        <PeriodSelect
          label={t('reminders.when')}
          value={wanted ?? everyDays}
          choices={PERIODS}
          onChange={(days) => void choose(days)}
        />
        <p className="small muted">{t('settings.remindersMore')}</p>
        {failure && <FailureNotice failure={failure} />}
      </div>
    </section>
  );
}
