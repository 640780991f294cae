import { useState } from 'react';
import { Button, Form } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { CredentialView } from '../../preload/contract.ts';
import { useDoing } from '../data/use-doing.ts';
import { DialogFrame } from '../look/dialog-frame.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { useRequestRotations } from './use-request-rotation.ts';

interface SeveralDialogProps {
  readonly credentials: readonly CredentialView[];
  onClose(): void;
}

/** Chooses the keys that are to be rotated together. */
export function SeveralDialog({ credentials, onClose }: SeveralDialogProps) {
  const { t } = useTranslation();
  const requestRotations = useRequestRotations();
  const doing = useDoing();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const ids = credentials.map(({ id }) => id);
  const all = ids.every((id) => chosen.includes(id));
  const choose = (id: string, yes: boolean) => setChosen(yes ? [...chosen, id] : chosen.filter((one) => one !== id));
  const submit = async () => {
    if (await doing.run(() => requestRotations({ credentials: [...chosen] }))) onClose();
  };
  return (
    <DialogFrame title={t('several.title')} onClose={onClose}>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p>{t('several.what')}</p>
        <fieldset className="several">
          <legend className="unseen">{t('keys.list')}</legend>
          <label className="check">
            <input type="checkbox" checked={all} onChange={(event) => setChosen(event.target.checked ? ids : [])} />
            <strong>{t('several.all', { count: ids.length })}</strong>
          </label>
          {credentials.map(({ id, name, providerName, state }) => (
            <label key={id} className="check">
              <input
                type="checkbox"
                checked={chosen.includes(id)}
                onChange={(event) => choose(id, event.target.checked)}
              />
              <span>
                {name} <span className="muted">{providerName}</span>
                {state !== 'ok' && <span className="muted"> · {t(`keys.state.${state}`)}</span>}
              </span>
            </label>
          ))}
        </fieldset>
        {doing.failure && <FailureNotice failure={doing.failure} />}
        <div className="dialog-buttons">
          <Button className="button" onPress={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" className="button button-main" isDisabled={doing.busy || chosen.length === 0}>
            {doing.busy ? t('several.planning') : t('several.submit')}
          </Button>
        </div>
      </Form>
    </DialogFrame>
  );
}
