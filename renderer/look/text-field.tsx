import type { ReactNode } from 'react';
import { FieldError, Input, Label, Text, TextField } from 'react-aria-components';

interface FieldProps {
  readonly label: string;
  readonly value: string;
  onChange?(value: string): void;
  readonly isReadOnly?: boolean;
  readonly hint?: string | undefined;
  /** What is wrong with it, once the person has tried. */
  readonly error?: string | null;
  readonly secret?: boolean;
  readonly type?: 'text' | 'search';
  readonly code?: boolean;
  /** `username`, `new-password`, ...; `off` where nothing should be offered. */
  readonly autoComplete?: string;
  readonly autoFocus?: boolean;
  readonly beside?: ReactNode;
}

export function Field(props: FieldProps) {
  const { label, value, onChange, isReadOnly = false, hint, error = null, secret, code } = props;
  const { autoComplete = 'off', autoFocus, beside, type = 'text' } = props;
  return (
    <TextField
      className="field"
      value={value}
      {...(onChange && { onChange })}
      isReadOnly={isReadOnly}
      isInvalid={error !== null}
      type={secret ? 'password' : type}
      autoComplete={autoComplete}
      validationBehavior="aria"
      {...(autoFocus && { autoFocus })}
    >
      <Label>{label}</Label>
      <div className="input-beside">
        <Input className={code ? 'input input-code' : 'input'} spellCheck={false} />
        {beside}
      </div>
      {hint && (
        <Text slot="description" className="small muted">
          {hint}
        </Text>
      )}
      <FieldError className="field-error small">{error}</FieldError>
    </TextField>
  );
}
