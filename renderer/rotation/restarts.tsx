import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { hostsToRestart, type Restart, type Rotation } from '../../main/rotation/rotation.schema.ts';
import { useFailureWords } from '../look/failure-notice.tsx';
import { Icon, type IconName } from '../look/icons.tsx';

const ICONS: Record<Restart['state'], IconName> = { wanted: 'turn', quit: 'pause', done: 'check' };

interface RestartsProps {
  readonly rotation: Rotation;
  /** What the person can do about one that Rekey can restart. */
  readonly actions: ((restart: Restart) => ReactNode) | undefined;
}

/** The programs that ran with the old key: which are still to be started again, and which were. */
export function Restarts({ rotation, actions }: RestartsProps) {
  const { restarts } = rotation;
  const { t } = useTranslation();
  const byRekey = hostsToRestart(rotation);
  const failureWords = useFailureWords();
  if (restarts.length === 0) return null;
  const left = restarts.some(({ state }) => state !== 'done');
  return (
    <section aria-labelledby="restarts">
      <h2 id="restarts">{t(left ? 'rotation.restarts' : 'rotation.restarted')}</h2>
      <ul className="panel lines" aria-live="polite">
        {restarts.map((restart) => {
          const { id, name, reload, state, problem } = restart;
          const words = problem && failureWords(problem);
          const what =
            state === 'wanted'
              ? t(`rotation.restart.${reload}`, { host: name })
              : t(`rotation.restart.${state}`, { host: name });
          return (
            <li key={id} className={`host-affected restart-${state}`}>
              <Icon name={problem ? 'warning' : ICONS[state]} />
              <div className="restart-words">
                <p>{words ? words.both : what}</p>
                {byRekey.includes(restart) && actions?.(restart)}
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
