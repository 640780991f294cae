import { useTranslation } from 'react-i18next';
import type { ProviderView } from '../../main/providers/provider.schema.ts';
import { Field } from '../look/text-field.tsx';
import { listOf } from '../words/list.ts';

interface AdvancedFieldsProps {
  readonly provider: ProviderView;
  readonly baseUrl: string;
  onChange(baseUrl: string): void;
}

/** What hardly anybody needs, unless the service is known under several addresses. */
export function AdvancedFields({ provider, baseUrl, onChange }: AdvancedFieldsProps) {
  const { t, i18n } = useTranslation();
  const [url, ...others] = provider.baseUrls;
  const hint =
    others.length > 0
      ? t('add.baseUrlHintMore', { url, others: listOf(others, i18n.language) })
      : t('add.baseUrlHint', { url });
  return (
    <details key={provider.id} className="details" open={others.length > 0}>
      <summary>{t('add.advanced')}</summary>
      <Field label={t('add.baseUrl')} hint={hint} value={baseUrl} onChange={onChange} code autoComplete="off" />
    </details>
  );
}
