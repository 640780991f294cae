import { useState } from 'react';
import { Button, Form } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useDoing } from '../data/use-doing.ts';
import { useAnswer, useRekey } from '../data/use-rekey.tsx';
import { DialogFrame } from '../look/dialog-frame.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { Field } from '../look/text-field.tsx';
import { AdvancedFields } from './advanced-fields.tsx';
import { KeyField } from './key-field.tsx';
import { callOf, EMPTY_KEY, missingFields, type NewKey } from './new-key.ts';
import { ProviderSelect } from './provider-select.tsx';
import { SettingFields } from './setting-fields.tsx';

/** The core's word for a key that the service does not accept, which can be kept all the same. */
const REFUSED = 'credential-key-refused';

interface AddKeyDialogProps {
  onClose(): void;
  onAdded(name: string): void;
}

export function AddKeyDialog({ onClose, onAdded }: AddKeyDialogProps) {
  const { t } = useTranslation();
  const { api, answers } = useRekey();
  const providers = useAnswer('listProviders').value ?? [];
  const [entered, setEntered] = useState<NewKey>(EMPTY_KEY);
  const [tried, setTried] = useState(false);
  const doing = useDoing();
  const { provider } = entered;
  const missing = tried ? missingFields(entered) : new Set<string>();
  const change = (part: Partial<NewKey>) => {
    doing.forget();
    setEntered({ ...entered, ...part });
  };

  const submit = async (evenIfRefused: boolean) => {
    setTried(true);
    if (!provider || missingFields(entered).size > 0) return;
    const call = callOf(entered, provider);
    const added = await doing.run(async () => {
      await api.call('addCredential', { ...call, ...(evenIfRefused && { evenIfRefused }) });
      await answers.ask('listCredentials');
    });
    if (!added) return;
    onClose();
    onAdded(call.name);
  };

  return (
    <DialogFrame title={t('add.title')} onClose={onClose}>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit(false);
        }}
      >
        <ProviderSelect
          providers={providers}
          chosen={provider}
          onChoose={(chosen) => change({ provider: chosen })}
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
          provider={provider}
          value={entered.key}
          onChange={(key) => change({ key })}
          error={missing.has('key') ? t('add.missing.key') : null}
        />
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
          <Button className="button" onPress={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" className="button button-main" isDisabled={doing.busy}>
            {doing.busy && provider ? t('add.submitting', { provider: provider.name }) : t('add.submit')}
          </Button>
        </div>
      </Form>
    </DialogFrame>
  );
}
