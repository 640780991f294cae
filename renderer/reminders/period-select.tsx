import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { RotateEveryDays } from '../../main/credentials/credential.schema.ts';
import { Icon } from '../look/icons.tsx';
import { usePeriodWords } from './use-period-words.ts';

interface PeriodSelectProps<T extends RotateEveryDays | null> {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly T[];
  /** What `null` stands for: as in the settings. */
  readonly otherwise?: RotateEveryDays;
  onChange(value: T): void;
}

/** All periods that there are, off first. */
export const PERIODS: readonly RotateEveryDays[] = [0, 30, 60, 90];

/** After how many days Rekey reminds of a key. */
export function PeriodSelect<T extends RotateEveryDays | null>(props: PeriodSelectProps<T>) {
  const { label, value, choices, otherwise = 0, onChange } = props;
  const { t } = useTranslation();
  const words = usePeriodWords();
  const wordsOf = (choice: T) =>
    choice === null ? t('reminders.default', { period: words(otherwise) }) : words(choice);
  return (
    <Select
      className="field"
      value={String(value)}
      onChange={(id) => {
        const chosen = choices.find((choice) => String(choice) === id);
        if (chosen !== undefined) onChange(chosen);
      }}
    >
      <Label className="field-label">{label}</Label>
      <Button className="input select-button">
        <SelectValue />
        <Icon name="chevron" />
      </Button>
      <Popover className="menu-box select-box">
        <ListBox className="menu">
          {choices.map((choice) => (
            <ListBoxItem key={String(choice)} id={String(choice)} textValue={wordsOf(choice)} className="menu-item">
              {wordsOf(choice)}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}
