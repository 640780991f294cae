import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Plan } from '../../main/rotation/plan.schema.ts';
import { Icon } from '../look/icons.tsx';
import { useTogether } from '../words/together.ts';
import { useSectionName } from './section-of.ts';

/** The programs that use the key: which run, and which will need a restart. */
export function HostsAffected({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  const together = useTogether();
  const title = useId();
  const name = useSectionName(title);
  if (plan.hosts.length === 0) return null;
  return (
    <section aria-labelledby={name}>
      <h2 id={title}>{t('plan.hosts')}</h2>
      <ul className="panel lines">
        {plan.hosts.map((host) => {
          const needsRestart = host.running !== false && host.reload !== 'by-itself';
          return (
            <li key={host.id} className="host-affected">
              <Icon name={needsRestart ? 'turn' : 'check'} />
              <p>
                <strong>{host.name}</strong>{' '}
                {together(
                  t(`plan.${runningWord(host.running)}`),
                  t(`hosts.reload.${host.reload}`),
                  host.rewritesFile && t('hosts.rewrites'),
                )}
              </p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function runningWord(running: boolean | null): 'hostRunning' | 'hostNotRunning' | 'hostUnknown' {
  if (running === null) return 'hostUnknown';
  return running ? 'hostRunning' : 'hostNotRunning';
}
