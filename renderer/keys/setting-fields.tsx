import { useTranslation } from 'react-i18next';
import { Field } from '../look/text-field.tsx';
import { useSentence } from '../words/sentence.ts';
import type { NewKey } from './new-key.ts';

interface SettingFieldsProps {
  readonly entered: NewKey;
  readonly missing: ReadonlySet<string>;
  onChange(settings: NewKey['settings']): void;
}

/** What a service needs to know beside the key. */
export function SettingFields({ entered: { provider, settings }, missing, onChange }: SettingFieldsProps) {
  const { t } = useTranslation();
  const sentence = useSentence();
  if (!provider) return null;
  return provider.settings.map((field) => (
    <Field
      key={`${provider.id} ${field.name}`}
      label={field.required ? sentence(field.label) : t('add.optional', { label: sentence(field.label) })}
      hint={sentence(field.hint)}
      value={settings[field.name] ?? ''}
      onChange={(value) => onChange({ ...settings, [field.name]: value })}
      error={missing.has(`setting:${field.name}`) ? t('add.missing.setting', { provider: provider.name }) : null}
      code
    />
  ));
}
