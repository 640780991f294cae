import { useTranslation } from 'react-i18next';
import type { Requester } from '../../main/approvals/approval.schema.ts';

/** Who asks. A name that a program gives itself is shown as just that. */
export function RequestOrigin({ requester }: { requester: Requester }) {
  const { t } = useTranslation();
  const { client, program, pid, via } = requester;
  return (
    <section className="origin panel" aria-labelledby="origin">
      <h2 id="origin">
        {client ? t('who.agentNamed', { client: client.name }) : t(`who.${via}`)} {t('confirm.asks')}
      </h2>
      <p className="small muted">
        {client && <>{t('confirm.claims', { client: client.name, version: client.version })} </>}
        <ProgramWords program={program} pid={pid} />
      </p>
      {via !== 'page' && via !== 'tray' && <p className="small">{t('confirm.didNotAsk')}</p>}
    </section>
  );
}

function ProgramWords({ program, pid }: { program: string | null; pid: number | null }) {
  const { t } = useTranslation();
  if (program !== null && pid !== null) return t('confirm.program', { program, pid });
  if (program !== null) return t('confirm.programOnly', { program });
  return pid === null ? t('confirm.programUnknown') : t('confirm.processOnly', { pid });
}
