import type { ReactNode } from 'react';
import { Button, Form } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../look/failure-notice.tsx';
import { AdvancedFields } from './advanced-fields.tsx';
import { SettingFields } from './setting-fields.tsx';
import type { NewCredential } from './use-new-credential.ts';

/** The core's word for a key that the service does not accept, which can be kept all the same. */
const REFUSED = 'credential-key-refused';

interface CredentialFormProps {
  readonly credential: NewCredential;
  readonly submitLabel: string;
  /** The fields that come first. */
  readonly children: ReactNode;
  onCancel(): void;
}

/** A form for a new credential: its own first fields, then the provider's, what went wrong, and the buttons. */
export function CredentialForm({ credential, submitLabel, children, onCancel }: CredentialFormProps) {
  const { t } = useTranslation();
  const { entered, missing, doing, change, submit } = credential;
  const { provider } = entered;
  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(false);
      }}
    >
      {children}
      <SettingFields entered={entered} missing={missing} onChange={(settings) => change({ settings })} />
      {provider && (
        <AdvancedFields provider={provider} baseUrl={entered.baseUrl} onChange={(baseUrl) => change({ baseUrl })} />
      )}
      {doing.failure && (
        <FailureNotice
          failure={doing.failure}
          actions={
            doing.failure.code === REFUSED && (
              <Button className="button" onPress={() => submit(true)}>
                {t('add.keepAnyway')}
              </Button>
            )
          }
        />
      )}
      <div className="dialog-buttons">
        <Button className="button" onPress={onCancel}>
          {t('action.cancel')}
        </Button>
        <Button type="submit" className="button button-main" isDisabled={doing.busy}>
          {doing.busy && provider ? t('add.submitting', { provider: provider.name }) : submitLabel}
        </Button>
      </div>
    </Form>
  );
}
