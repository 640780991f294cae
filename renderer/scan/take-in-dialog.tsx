import { useState } from 'react';
import { Button, Form } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { FoundKey } from '../../main/scan/scan.schema.ts';
import { useDoing } from '../data/use-doing.ts';
import { useAnswer, useRekey } from '../data/use-rekey.tsx';
import { AdvancedFields } from '../keys/advanced-fields.tsx';
import { callOf, EMPTY_KEY, missingFields, type NewKey } from '../keys/new-key.ts';
import { ProviderSelect } from '../keys/provider-select.tsx';
import { SettingFields } from '../keys/setting-fields.tsx';
import { DialogFrame } from '../look/dialog-frame.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { FilePath } from '../look/file-path.tsx';
import { Field } from '../look/text-field.tsx';

/** The core's word for a key that the service does not accept, which can be kept all the same. */
const REFUSED = 'credential-key-refused';

interface TakeInDialogProps {
  readonly found: FoundKey;
  onClose(): void;
  onTaken(name: string): void;
}

/** Gives a found key a name. The key itself is never here: the core takes it from its file. */
export function TakeInDialog({ found, onClose, onTaken }: TakeInDialogProps) {
  const { t } = useTranslation();
  const { api, answers } = useRekey();
  const providers = (useAnswer('listProviders').value ?? []).filter(({ id }) => found.providers.includes(id));
  const [entered, setEntered] = useState<NewKey>({ ...EMPTY_KEY, provider: providers[0] ?? null, key: found.masked });
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
    const { key: _masked, ...call } = callOf(entered, provider);
    const taken = await doing.run(async () => {
      await api.call('takeIn', { finding: found.id, ...call, ...(evenIfRefused && { evenIfRefused }) });
      await answers.ask('listCredentials');
    });
    if (!taken) return;
    onClose();
    onTaken(call.name);
  };

  return (
    <DialogFrame title={t('scan.takeInTitle')} onClose={onClose}>
      <p>
        <code>{found.masked}</code>
        <br />
        <span className="small muted">
          <FilePath path={found.file} />
        </span>
      </p>
      <p className="small muted">{t('scan.takeInWhat')}</p>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit(false);
        }}
      >
        <Field
          label={t('add.name')}
          hint={t('add.nameHint')}
          value={entered.name}
          onChange={(name) => change({ name })}
          error={missing.has('name') ? t('add.missing.name') : null}
          autoFocus
        />
        <ProviderSelect
          providers={providers}
          chosen={provider}
          onChoose={(chosen) => change({ provider: chosen })}
          error={missing.has('provider') ? t('add.missing.provider') : null}
          autoFocus={false}
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
            {doing.busy && provider ? t('add.submitting', { provider: provider.name }) : t('scan.takeInSubmit')}
          </Button>
        </div>
      </Form>
    </DialogFrame>
  );
}
