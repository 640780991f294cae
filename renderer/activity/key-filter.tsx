import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useAnswer } from '../data/use-rekey.tsx';
import { Icon } from '../look/icons.tsx';

const ALL = '';

interface KeyFilterProps {
  /** Name of a credential; null: all of them. */
  readonly chosen: string | null;
  onChoose(name: string | null): void;
}

/** Of which key the activity is shown. */
export function KeyFilter({ chosen, onChoose }: KeyFilterProps) {
  const { t } = useTranslation();
  const names = (useAnswer('listCredentials').value ?? []).map(({ name }) => name);
  // A key that was removed while its entries are shown.
  const shown = chosen === null || names.includes(chosen) ? names : [...names, chosen];
  return (
    <Select
      className="field"
      value={chosen ?? ALL}
      onChange={(name) => onChoose(typeof name === 'string' && name !== ALL ? name : null)}
    >
      <Label className="field-label">{t('activity.filter')}</Label>
      <Button className="input select-button">
        <SelectValue />
        <Icon name="chevron" />
      </Button>
      <Popover className="menu-box select-box">
        <ListBox className="menu">
          {[ALL, ...shown].map((name) => (
            <ListBoxItem key={name} id={name} textValue={name || t('activity.allKeys')} className="menu-item">
              {name || t('activity.allKeys')}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}
