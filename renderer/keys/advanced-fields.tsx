import { Button, Disclosure, DisclosurePanel } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { ProviderView } from '../../main/providers/provider.schema.ts';
import { Icon } from '../look/icons.tsx';
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
    <Disclosure key={provider.id} className="disclosure" defaultExpanded={others.length > 0}>
      <Button slot="trigger" className="disclosure-trigger">
        <Icon name="chevron" />
        {t('add.advanced')}
      </Button>
      <DisclosurePanel>
        <Field label={t('add.baseUrl')} hint={hint} value={baseUrl} onChange={onChange} code />
      </DisclosurePanel>
    </Disclosure>
  );
}
