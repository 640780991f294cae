import { useTranslation } from 'react-i18next';
import type { Restart } from '../../main/rotation/rotation.schema.ts';
import { useFailureWords } from '../look/failure-notice.tsx';
import { Icon, type IconName } from '../look/icons.tsx';

const ICONS: Record<Restart['state'], IconName> = { wanted: 'turn', quit: 'pause', done: 'check' };

/** The programs that ran with the old key: which are still to be started again, and which were. */
export function Restarts({ restarts }: { restarts: readonly Restart[] }) {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  if (restarts.length === 0) return null;
  const left = restarts.some(({ state }) => state !== 'done');
  return (
    <section aria-labelledby="restarts">
      <h2 id="restarts">{t(left ? 'rotation.restarts' : 'rotation.restarted')}</h2>
      <ul className="panel lines" aria-live="polite">
        {restarts.map(({ id, name, reload, state, problem }) => {
          const words = problem && failureWords(problem);
          const what =
            state === 'wanted'
              ? t(`rotation.restart.${reload}`, { host: name })
              : t(`rotation.restart.${state}`, { host: name });
          return (
            <li key={id} className={`host-affected restart-${state}`}>
              <Icon name={problem ? 'warning' : ICONS[state]} />
              <p>{words ? words.both : what}</p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
