import { useState } from 'react';
import { Button, Form } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { CredentialView } from '../../preload/contract.ts';
import { useDoing } from '../data/use-doing.ts';
import { DialogFrame } from '../look/dialog-frame.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { Field } from '../look/text-field.tsx';
import { useRequestRotation } from './use-request-rotation.ts';

/** An operator's key can have the key of one of its agents replaced. */
export function AgentDialog({ credential, onClose }: { credential: CredentialView; onClose: () => void }) {
  const { t } = useTranslation();
  const requestRotation = useRequestRotation();
  const doing = useDoing();
  const [agentId, setAgentId] = useState('');
  const [tried, setTried] = useState(false);
  const submit = async () => {
    setTried(true);
    if (agentId.trim() === '') return;
    if (await doing.run(() => requestRotation({ credential: credential.id, agentId: agentId.trim() }))) onClose();
  };
  return (
    <DialogFrame title={t('agent.title')} onClose={onClose}>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p>{t('agent.what', { name: credential.name, provider: credential.providerName })}</p>
        <Field
          label={t('agent.id')}
          value={agentId}
          onChange={setAgentId}
          error={tried && agentId.trim() === '' ? t('agent.missing') : null}
          autoFocus
          code
        />
        {doing.failure && <FailureNotice failure={doing.failure} />}
        <div className="dialog-buttons">
          <Button className="button" onPress={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" className="button button-main" isDisabled={doing.busy}>
            {t('agent.submit')}
          </Button>
        </div>
      </Form>
    </DialogFrame>
  );
}
