import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useAnswer, useRekey } from '../data/use-rekey.tsx';
import { DialogFrame } from '../look/dialog-frame.tsx';
import { Icon } from '../look/icons.tsx';
import { Field } from '../look/text-field.tsx';
import { DescribeDialog } from '../services/describe-dialog.tsx';
import { useSentence } from '../words/sentence.ts';
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
  const sentence = useSentence();
  const { api, answers } = useRekey();
  const [describing, setDescribing] = useState(false);
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
  const choose = async (id: string): Promise<void> => {
    setDescribing(false);
    const provider = (await api.call('listProviders', {})).find((one) => one.id === id);
    await answers.ask('listProviders');
    if (provider) change({ provider });
  };
  return (
    <>
      <DialogFrame title={t('add.title')} onClose={onClose}>
        <CredentialForm credential={credential} submitLabel={t('add.submit')} onCancel={onClose}>
          <ProviderSelect
            providers={providers}
            chosen={entered.provider}
            onChoose={(provider) => change({ provider })}
            error={missing.has('provider') ? t('add.missing.provider') : null}
          />
          <Button className="disclosure-trigger" onPress={() => setDescribing(true)}>
            <Icon name="plus" />
            {t('services.notListed')}
          </Button>
          <Field
            label={t('add.name')}
            hint={t('add.nameHint')}
            value={entered.name}
            onChange={(name) => change({ name })}
            error={missing.has('name') ? t('add.missing.name') : null}
          />
          <KeyField
            label={t('add.key')}
            hint={entered.provider ? t('add.keyHint', { hint: sentence(entered.provider.keyHint) }) : undefined}
            value={entered.key}
            onChange={(key) => change({ key })}
            error={missing.has('key') ? t('add.missing.key') : null}
          />
        </CredentialForm>
      </DialogFrame>
      {describing && <DescribeDialog onClose={() => setDescribing(false)} onSaved={({ id }) => void choose(id)} />}
    </>
  );
}
