import { Button, FieldError, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { ProviderView } from '../../main/providers/provider.schema.ts';
import { Icon } from '../look/icons.tsx';

interface ProviderSelectProps {
  readonly providers: readonly ProviderView[];
  readonly chosen: ProviderView | null;
  readonly error: string | null;
  readonly autoFocus?: boolean;
  onChoose(provider: ProviderView): void;
}

export function ProviderSelect({ providers, chosen, error, autoFocus = true, onChoose }: ProviderSelectProps) {
  const { t } = useTranslation();
  return (
    <Select
      className="field"
      placeholder={t('add.chooseProvider')}
      value={chosen?.id ?? null}
      // An empty list would not open, and would not say why.
      isDisabled={providers.length === 0}
      isInvalid={error !== null}
      validationBehavior="aria"
      autoFocus={autoFocus}
      onChange={(id) => {
        const provider = providers.find((one) => one.id === id);
        if (provider) onChoose(provider);
      }}
    >
      <Label className="field-label">{t('add.provider')}</Label>
      <Button className="input select-button">
        <SelectValue />
        <Icon name="chevron" />
      </Button>
      <FieldError className="field-error small">{error}</FieldError>
      <Popover className="menu-box select-box">
        <ListBox className="menu" items={providers}>
          {({ id, name }) => (
            <ListBoxItem id={id} textValue={name} className="menu-item">
              {name}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
