import { useState } from 'react';
import { Button, Form } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { KeychainState } from '../../preload/contract.ts';
import { useDoing } from '../data/use-doing.ts';
import { useRekey } from '../data/use-rekey.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { Icon } from '../look/icons.tsx';
import { Field } from '../look/text-field.tsx';
import { ChooseFile } from './choose-file.tsx';

/** What stands between the person and the keys: a lock, no keychain at all, or a broken one. */
export function KeychainGate({ keychain }: { keychain: KeychainState }) {
  const { t } = useTranslation();
  switch (keychain.status) {
    case 'ready':
      return null;
    case 'absent':
      return <ChooseFile problem={keychain.problem} />;
    case 'locked':
      return <Unlock kind={keychain.kind} />;
    case 'failed':
      return (
        <>
          {keychain.problem && (
            <FailureNotice failure={keychain.problem} title={t('keychain.failedTitle')} fresh={false} />
          )}
          <Unlock kind="os" again />
        </>
      );
  }
}

/** @param again after a failure: the same call, under another name. */
function Unlock({ kind, again = false }: { kind: KeychainState['kind']; again?: boolean }) {
  const { t } = useTranslation();
  const { api, answers } = useRekey();
  const doing = useDoing();
  const [passphrase, setPassphrase] = useState('');
  const [tried, setTried] = useState(false);
  const isFile = kind === 'file';
  const unlock = async () => {
    setTried(true);
    if (isFile && passphrase === '') return;
    await doing.run(async () => {
      await api.call('unlockKeychain', isFile ? { passphrase } : {});
      setPassphrase('');
      setTried(false);
      answers.refresh();
    });
  };
  const submit = (
    <Button type="submit" className="button button-main" isDisabled={doing.busy}>
      {t(again ? 'action.tryAgain' : 'keychain.unlock')}
    </Button>
  );
  return (
    <Form
      className={again ? 'stack' : 'gate panel stack'}
      onSubmit={(event) => {
        event.preventDefault();
        void unlock();
      }}
    >
      {!again && (
        <div className="stack-tight">
          <h2 className="row">
            <Icon name="lock" />
            {t('keychain.lockedTitle')}
          </h2>
          <p>{t(isFile ? 'keychain.lockedFile' : 'keychain.lockedOs')}</p>
        </div>
      )}
      {isFile && (
        <Field
          label={t('keychain.passphrase')}
          value={passphrase}
          onChange={setPassphrase}
          error={tried && passphrase === '' ? t('keychain.missing') : null}
          secret
          autoComplete="current-password"
        />
      )}
      {doing.failure && <FailureNotice failure={doing.failure} />}
      <div>{submit}</div>
    </Form>
  );
}
