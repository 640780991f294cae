import { useTranslation } from 'react-i18next';
import type { FoundKey } from '../../main/scan/scan.schema.ts';
import { useAnswer, useRekey } from '../data/use-rekey.tsx';
import { CredentialForm } from '../keys/credential-form.tsx';
import { EMPTY_KEY } from '../keys/new-key.ts';
import { ProviderSelect } from '../keys/provider-select.tsx';
import { useNewCredential } from '../keys/use-new-credential.ts';
import { DialogFrame } from '../look/dialog-frame.tsx';
import { FilePath } from '../look/file-path.tsx';
import { Field } from '../look/text-field.tsx';

interface TakeInDialogProps {
  readonly found: FoundKey;
  onClose(): void;
  onTaken(name: string): void;
}

/** Gives a found key a name. The key itself is never here: the core takes it from its file. */
export function TakeInDialog({ found, onClose, onTaken }: TakeInDialogProps) {
  const { t } = useTranslation();
  const { api } = useRekey();
  const providers = (useAnswer('listProviders').value ?? []).filter(({ id }) => found.providers.includes(id));
  const credential = useNewCredential(
    { ...EMPTY_KEY, provider: providers[0] ?? null, key: found.masked },
    ({ key: _masked, ...call }) => api.call('takeIn', { finding: found.id, ...call }),
    (name) => {
      onClose();
      onTaken(name);
    },
  );
  const { entered, missing, change } = credential;
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
      <CredentialForm credential={credential} submitLabel={t('scan.takeInSubmit')} onCancel={onClose}>
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
          chosen={entered.provider}
          onChoose={(provider) => change({ provider })}
          error={missing.has('provider') ? t('add.missing.provider') : null}
          autoFocus={false}
        />
      </CredentialForm>
    </DialogFrame>
  );
}
