import { useTranslation } from 'react-i18next';
import type { Plan } from '../../main/rotation/plan.schema.ts';

/** Whose key it is, and where. */
export function Subject({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  const isOther = plan.target.id !== plan.credential.id;
  return (
    <dl className="subject">
      <div>
        <dt>{t('plan.service')}</dt>
        <dd>
          {plan.provider.name} <span className="muted">{new URL(plan.baseUrl).host}</span>
        </dd>
      </div>
      {plan.agentId !== null && (
        <div>
          <dt>{t('plan.agentId')}</dt>
          <dd>
            <code>{plan.agentId}</code>
          </dd>
        </div>
      )}
      <div>
        <dt>{t('plan.oldKey')}</dt>
        <dd>
          {plan.oldFingerprint === null ? t('plan.unknownKey') : <code>{plan.oldFingerprint}</code>}
          {plan.target.id === null && <> · {t('plan.newToRekey')}</>}
          {isOther && <> · {t('plan.using', { name: plan.credential.name })}</>}
        </dd>
      </div>
    </dl>
  );
}
