import { useTranslation } from 'react-i18next';
import type { Requester } from '../../main/approvals/approval.schema.ts';
import type { Plan } from '../../main/rotation/plan.schema.ts';
import { useTogether } from '../words/together.ts';

const ASKS = {
  request: 'confirm.asks',
  'by-hand': 'confirm.asks',
  undo: 'confirm.asksUndo',
  batch: 'confirm.batch.asks',
} as const;

/** Who asks. A name that a program gives itself is shown as just that. */
export function RequestOrigin({ requester, way }: { requester: Requester; way: Plan['way'] | 'batch' }) {
  const { t } = useTranslation();
  const together = useTogether();
  const programWords = useProgramWords();
  const { client, program, pid, via } = requester;
  return (
    <section className="origin panel" aria-labelledby="origin">
      <h2 id="origin">
        {t(ASKS[way], { who: client ? t('who.agentNamed', { client: client.name }) : t(`who.${via}`) })}
      </h2>
      <p className="small muted">
        {together(
          client !== null && t('confirm.claims', { client: client.name, version: client.version }),
          programWords({ program, pid }),
        )}
      </p>
      {via !== 'page' && via !== 'tray' && <p className="small">{t('confirm.didNotAsk')}</p>}
    </section>
  );
}

/** Which program it is, as far as it can be seen. */
function useProgramWords(): (requester: Pick<Requester, 'program' | 'pid'>) => string {
  const { t } = useTranslation();
  return ({ program, pid }) => {
    if (program !== null && pid !== null) return t('confirm.program', { program, pid });
    if (program !== null) return t('confirm.programOnly', { program });
    return pid === null ? t('confirm.programUnknown') : t('confirm.processOnly', { pid });
  };
}
