import { useTranslation } from 'react-i18next';
import { hostsOfSeveral } from '../../main/approvals/batch.schema.ts';
import type { Plan } from '../../main/rotation/plan.schema.ts';
import { RestartChoice, restartable } from './restart-choice.tsx';

interface BatchRestartsProps {
  /** Of the keys that are ticked. */
  readonly plans: readonly Plan[];
  /** Ids of the programs that are not to be restarted. */
  readonly left: readonly string[];
  onChange(left: readonly string[]): void;
}

/** Which programs Rekey may quit and start again, and which the person has to, since several of the keys are theirs. */
export function BatchRestarts({ plans, left, onChange }: BatchRestartsProps) {
  const { t } = useTranslation();
  const shared = hostsOfSeveral(plans);
  const all = new Map(plans.flatMap(({ hosts }) => hosts.map((host) => [host.id, host])));
  const hosts = [...all.values()];
  const byRekey = hosts.filter(({ id, isDesktopApp }) => !isDesktopApp || !shared.has(id));
  const byPerson = restartable({ hosts }).filter(({ id }) => shared.has(id));
  const offered = restartable({ hosts: byRekey }).map(({ id }) => id);
  return (
    <>
      <RestartChoice
        plan={{ hosts: byRekey }}
        chosen={offered.filter((id) => !left.includes(id))}
        onChange={(chosen) => onChange(offered.filter((id) => !chosen.includes(id)))}
      />
      {byPerson.map(({ id, name }) => (
        <p key={id} className="panel batch-quit">
          {t('confirm.batch.quitYourself', { host: name })}
        </p>
      ))}
    </>
  );
}
