import { useTranslation } from 'react-i18next';
import type { Plan } from '../../main/rotation/plan.schema.ts';

type PlanHost = Plan['hosts'][number];

/** Running programs that would write the old key back from memory. */
function writingBack({ hosts }: Pick<Plan, 'hosts'>): PlanHost[] {
  return hosts.filter(({ running, rewritesFile }) => running === true && rewritesFile);
}

/** Those of them that Rekey can quit and start again: ticked until the person thinks otherwise. */
export function restartable(plan: Pick<Plan, 'hosts'>): PlanHost[] {
  return writingBack(plan).filter(({ isDesktopApp }) => isDesktopApp);
}

interface RestartChoiceProps {
  readonly plan: Pick<Plan, 'hosts'>;
  /** Ids of the hosts that are ticked. */
  readonly chosen: readonly string[];
  onChange(chosen: readonly string[]): void;
}

/** Which programs Rekey may quit and start again, and which the person has to end. */
export function RestartChoice({ plan, chosen, onChange }: RestartChoiceProps) {
  const { t } = useTranslation();
  const hosts = writingBack(plan);
  if (hosts.length === 0) return null;
  const change = (id: string, checked: boolean): void =>
    onChange(checked ? [...chosen, id] : chosen.filter((one) => one !== id));
  return (
    <section aria-labelledby="restart-choice">
      <h2 id="restart-choice">{t('confirm.restart.title')}</h2>
      <ul className="panel lines">
        {hosts.map(({ id, name, isDesktopApp }) => (
          <li key={id}>
            {isDesktopApp ? (
              <>
                <label className="check">
                  <input
                    type="checkbox"
                    checked={chosen.includes(id)}
                    aria-describedby={`restart-${id}`}
                    onChange={(event) => change(id, event.target.checked)}
                  />
                  <span>{t('confirm.restart.do', { host: name })}</span>
                </label>
                <p id={`restart-${id}`} className="small muted choice-more">
                  {t('confirm.restart.why', { host: name })}
                </p>
              </>
            ) : (
              <p>{t('confirm.restart.inTerminal', { host: name })}</p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
