import { useTranslation } from 'react-i18next';
import { useAnswer, useRekey } from '../data/use-rekey.tsx';
import { DialogFrame } from '../look/dialog-frame.tsx';
import { Field } from '../look/text-field.tsx';
import { CredentialForm } from './credential-form.tsx';
import { KeyField } from './key-field.tsx';
import { EMPTY_KEY } from './new-key.ts';
import { ProviderSelect } from './provider-select.tsx';
import { useNewCredential } from './use-new-credential.ts';

interface AddKeyDialogProps {
  onClose(): void;
  onAdded(name: string): void;
}

export function AddKeyDialog({ onClose, onAdded }: AddKeyDialogProps) {
  const { t } = useTranslation();
  const { api } = useRekey();
  const providers = useAnswer('listProviders').value ?? [];
  const credential = useNewCredential(
    EMPTY_KEY,
    (call) => api.call('addCredential', call),
    (name) => {
      onClose();
      onAdded(name);
    },
  );
  const { entered, missing, change } = credential;
  return (
    <DialogFrame title={t('add.title')} onClose={onClose}>
      <CredentialForm credential={credential} submitLabel={t('add.submit')} onCancel={onClose}>
        <ProviderSelect
          providers={providers}
          chosen={entered.provider}
          onChoose={(provider) => change({ provider })}
          error={missing.has('provider') ? t('add.missing.provider') : null}
        />
        <Field
          label={t('add.name')}
          hint={t('add.nameHint')}
          value={entered.name}
          onChange={(name) => change({ name })}
          error={missing.has('name') ? t('add.missing.name') : null}
        />
        <KeyField
          provider={entered.provider}
          value={entered.key}
          onChange={(key) => change({ key })}
          error={missing.has('key') ? t('add.missing.key') : null}
        />
      </CredentialForm>
    </DialogFrame>
  );
}
