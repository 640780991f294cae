import { useTranslation } from 'react-i18next';
import type { ProviderView } from '../../main/providers/provider.schema.ts';
import { KeyField } from '../keys/key-field.tsx';
import { Field } from '../look/text-field.tsx';
import { useSentence } from '../words/sentence.ts';

/** What is entered beside a key, by name. */
export interface Beside {
  readonly companions: Readonly<Record<string, string>>;
  readonly settings: Readonly<Record<string, string>>;
}

interface BesideFieldsProps {
  readonly provider: ProviderView;
  readonly beside: Beside;
  onChange(beside: Beside): void;
}

/** What a service shows together with a new key: a second secret, the key's id. All of it may be left empty. */
export function BesideFields({ provider, beside, onChange }: BesideFieldsProps) {
  const { t } = useTranslation();
  const sentence = useSentence();
  const { companions, settings } = beside;
  return (
    <>
      {provider.companions.map(({ name, envName }) => (
        <KeyField
          key={name}
          label={t('rotation.paste.companion', { name })}
          hint={t('rotation.paste.companionHint', { provider: provider.name, envName })}
          value={companions[name] ?? ''}
          onChange={(value) => onChange({ companions: { ...companions, [name]: value }, settings })}
          error={null}
        />
      ))}
      {provider.settings
        .filter(({ name }) => provider.settingsOfKey.includes(name))
        .map(({ name, label, hint }) => (
          <Field
            key={name}
            label={t('add.optional', { label: sentence(label) })}
            hint={sentence(hint)}
            value={settings[name] ?? ''}
            onChange={(value) => onChange({ companions, settings: { ...settings, [name]: value } })}
            code
          />
        ))}
    </>
  );
}

/** Without the fields that were left empty. */
export function entered(fields: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value.trim() === '' ? [] : [[name, value.trim()]])),
  );
}
