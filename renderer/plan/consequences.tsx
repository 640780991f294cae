import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Plan } from '../../main/rotation/plan.schema.ts';
import { Icon, type IconName } from '../look/icons.tsx';
import { useSentence } from '../words/sentence.ts';
import { minutes } from '../words/time.ts';
import { useSectionName } from './section-of.ts';

const ICONS: Record<Plan['consequences'][number]['kind'], IconName> = {
  'old-key-dies-at-once': 'key',
  blocked: 'clock',
  'other-machines-stop': 'hosts',
  irreversible: 'warning',
  'old-key-works-until-revoked': 'key',
  'old-key-works-for-a-while': 'clock',
  'made-by-hand': 'info',
  'new-key-expires': 'clock',
  'newer-key-revoked': 'turn',
};

/** What the service does, and what can't be undone. */
export function Consequences({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  const title = useId();
  const name = useSectionName(title);
  if (plan.consequences.length === 0) return null;
  return (
    <section className="consequences" aria-labelledby={name}>
      <h2 id={title}>{t('plan.consequences')}</h2>
      <ConsequenceList plan={plan} />
    </section>
  );
}

export function ConsequenceList({ plan }: { plan: Plan }) {
  const { t, i18n } = useTranslation();
  const sentence = useSentence();
  return (
    <ul>
      {plan.consequences.map((consequence) => (
        <li key={consequence.kind}>
          <Icon name={ICONS[consequence.kind]} />
          <span>
            {consequence.kind === 'blocked'
              ? t('plan.consequence.blocked', {
                  provider: plan.provider.name,
                  what: sentence(consequence.what),
                  duration: minutes(consequence.minutes, i18n.language),
                })
              : consequence.kind === 'new-key-expires'
                ? t('plan.consequence.new-key-expires', { count: consequence.days })
                : t(`plan.consequence.${consequence.kind}`, { provider: plan.provider.name })}
          </span>
        </li>
      ))}
    </ul>
  );
}
