import { useTranslation } from 'react-i18next';
import type { Plan } from '../../main/rotation/plan.schema.ts';

/** What confirming sets off, in order. */
export function StepsAhead({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  const provider = plan.provider.name;
  const files = new Set(plan.sites.map(({ file }) => file)).size;
  return (
    <section aria-labelledby="steps">
      <h2 id="steps">{t('plan.steps')}</h2>
      <ol className="steps-ahead">
        <li>{t('plan.step.check')}</li>
        <li>{t('plan.step.ask', { provider })}</li>
        <li>{t('plan.step.keep', { provider })}</li>
        <li>{t('plan.step.write', { count: plan.sites.length, files: t('plan.files', { count: files }) })}</li>
        {plan.sites.length > 0 && <li>{t('plan.step.look')}</li>}
      </ol>
    </section>
  );
}
