import { useEffect, useRef } from 'react';
import { FieldError, Label, TextArea, TextField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

interface DescriptionFieldProps {
  readonly text: string;
  readonly error: string | null;
  /** Lines that are to be corrected, from 1: the first one is selected. */
  readonly wrong: readonly number[];
  onChange(text: string): void;
}

/** The text of a description, to read and to write. */
export function DescriptionField({ text, error, wrong, onChange }: DescriptionFieldProps) {
  const { t } = useTranslation();
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const [line] = wrong;
    if (line === undefined || !area.current) return;
    const lines = area.current.value.split('\n');
    const start = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
    area.current.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
    area.current.focus();
  }, [wrong]);
  return (
    <TextField
      className="field"
      value={text}
      onChange={onChange}
      isInvalid={error !== null || wrong.length > 0}
      validationBehavior="aria"
      autoComplete="off"
    >
      <Label>{t('services.text')}</Label>
      <TextArea ref={area} className="input input-code service-text" rows={14} spellCheck={false} wrap="off" />
      <FieldError className="field-error small">{error}</FieldError>
    </TextField>
  );
}
