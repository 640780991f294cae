import { useState } from 'react';
import { ToggleButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { ProviderView } from '../../main/providers/provider.schema.ts';
import { Icon } from '../look/icons.tsx';
import { Field } from '../look/text-field.tsx';

interface KeyFieldProps {
  readonly provider: ProviderView | null;
  readonly value: string;
  readonly error: string | null;
  onChange(value: string): void;
}

/** The key itself: covered, and kept out of what the browser remembers. */
export function KeyField({ provider, value, error, onChange }: KeyFieldProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  return (
    <Field
      label={t('add.key')}
      hint={provider ? t('add.keyHint', { hint: provider.keyHint }) : undefined}
      value={value}
      onChange={onChange}
      error={error}
      secret={!shown}
      code
      autoComplete="off"
      beside={
        <ToggleButton className="button button-icon" aria-label={t('add.show')} isSelected={shown} onChange={setShown}>
          <Icon name="eye" />
        </ToggleButton>
      }
    />
  );
}
