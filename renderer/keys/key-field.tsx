import { useState } from 'react';
import { ToggleButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Icon } from '../look/icons.tsx';
import { Field } from '../look/text-field.tsx';

interface KeyFieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly value: string;
  readonly error: string | null;
  onChange(value: string): void;
}

/** The key itself: covered, and kept out of what the browser remembers. */
export function KeyField({ label, hint, value, error, onChange }: KeyFieldProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  return (
    <Field
      label={label}
      hint={hint}
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
