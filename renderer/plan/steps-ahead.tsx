import { useTranslation } from 'react-i18next';
import type { Plan } from '../../main/rotation/plan.schema.ts';
import { listOf } from '../words/list.ts';

interface StepsAheadProps {
  readonly plan: Plan;
  /** Names of the programs that are quit meanwhile. */
  readonly restarting: readonly string[];
}

/** What confirming sets off, in order. */
export function StepsAhead({ plan, restarting }: StepsAheadProps) {
  const { t, i18n } = useTranslation();
  const hosts = listOf(restarting, i18n.language);
  const provider = plan.provider.name;
  const files = new Set(plan.sites.map(({ file }) => file)).size;
  return (
    <section aria-labelledby="steps">
      <h2 id="steps">{t('plan.steps')}</h2>
      <ol className="steps-ahead">
        <li>{t('plan.step.check')}</li>
        <li>{t('plan.step.ask', { provider })}</li>
        <li>{t('plan.step.keep', { provider })}</li>
        {restarting.length > 0 && <li>{t('plan.step.quit', { hosts })}</li>}
        <li>{t('plan.step.write', { count: plan.sites.length, files: t('plan.files', { count: files }) })}</li>
        {restarting.length > 0 && <li>{t('plan.step.start', { hosts })}</li>}
        {plan.sites.length > 0 && <li>{t('plan.step.look')}</li>}
      </ol>
    </section>
  );
}
