import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConnectionChange } from '../../main/connect/connect.schema.ts';
import type { HostView } from '../../main/hosts/host.schema.ts';
import { useDoing } from '../data/use-doing.ts';
import { useAnswer, useRekey } from '../data/use-rekey.tsx';
import { FailureNotice, useFailureWords } from '../look/failure-notice.tsx';
import { ConnectDialog } from './connect-dialog.tsx';

interface ConnectSwitchProps {
  readonly host: HostView;
  /** Where it can't be done nothing is shown, in the place of the reason. */
  readonly isBrief?: boolean;
}

/** Whether a program starts Rekey's own server, and the way to change that. Asks before it changes a file. */
export function ConnectSwitch({ host, isBrief = false }: ConnectSwitchProps) {
  const { t } = useTranslation();
  const { api } = useRekey();
  const failureWords = useFailureWords();
  const doing = useDoing();
  const id = useId();
  const [change, setChange] = useState<ConnectionChange | null>(null);
  const connection = useAnswer('listConnections').value?.find((one) => one.host === host.id);
  if (!connection || (isBrief && connection.state === 'by-hand')) return null;
  const { state, why } = connection;
  const words = why && failureWords(why);
  const ask = (connect: boolean) =>
    doing.run(async () => setChange(await api.call('planConnection', { host: host.id, connect })));
  return (
    <div className={isBrief ? undefined : 'host-part'}>
      {state === 'by-hand' ? (
        <h3>{t('hosts.connect.switch')}</h3>
      ) : (
        <label className="switch">
          <input
            type="checkbox"
            // biome-ignore lint/a11y/useAriaPropsForRole: a checkbox says by itself whether it is checked
            role="switch"
            aria-label={t('hosts.connect.switchLabel', { host: host.name })}
            aria-describedby={id}
            checked={state === 'connected'}
            disabled={doing.busy}
            onChange={(event) => ask(event.target.checked)}
          />
          {t('hosts.connect.switch')}
        </label>
      )}
      <p id={id} className="small muted">
        {words ? words.both : t('hosts.connect.what', { host: host.name })}
      </p>
      {doing.failure && <FailureNotice failure={doing.failure} />}
      {change && <ConnectDialog host={host} change={change} onClose={() => setChange(null)} />}
    </div>
  );
}
