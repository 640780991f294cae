import { useState } from 'react';
import { Button, Form } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { KeychainState } from '../../preload/contract.ts';
import { useDoing } from '../data/use-doing.ts';
import { useRekey } from '../data/use-rekey.tsx';
import { FailureNotice, useFailureWords } from '../look/failure-notice.tsx';
import { Icon } from '../look/icons.tsx';
import { Field } from '../look/text-field.tsx';

const SHORTEST = 8;

/** Where there is no keychain: says so, and has the person choose the file in so many words. */
export function ChooseFile({ problem }: { problem: KeychainState['problem'] }) {
  const { t } = useTranslation();
  const { api, answers } = useRekey();
  const choosing = useDoing();
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [tried, setTried] = useState(false);
  const tooShort = passphrase.length < SHORTEST;
  const choose = async () => {
    setTried(true);
    if (tooShort || again !== passphrase) return;
    await choosing.run(async () => {
      await api.call('chooseKeychain', { kind: 'file', passphrase });
      answers.refresh();
    });
  };
  const lookAgain = () =>
    choosing.run(async () => {
      await api.call('unlockKeychain', {});
      answers.refresh();
    });
  return (
    <Form
      className="gate panel stack"
      onSubmit={(event) => {
        event.preventDefault();
        void choose();
      }}
    >
      <div className="stack-tight">
        <h2 className="row">
          <Icon name="lock" />
          {t('keychain.absentTitle')}
        </h2>
        <p>{t('keychain.absent')}</p>
        {problem && <Problem problem={problem} />}
        <p>{t('keychain.fileOffer')}</p>
        <ul className="points">
          <li>{t('keychain.fileForget')}</li>
          <li>{t('keychain.fileWeaker')}</li>
        </ul>
      </div>
      <Field
        label={t('keychain.passphrase')}
        value={passphrase}
        onChange={setPassphrase}
        error={tried && tooShort ? t('keychain.tooShort') : null}
        secret
        autoComplete="new-password"
      />
      <Field
        label={t('keychain.passphraseAgain')}
        value={again}
        onChange={setAgain}
        error={tried && again !== passphrase ? t('keychain.notSame') : null}
        secret
        autoComplete="new-password"
      />
      {choosing.failure && <FailureNotice failure={choosing.failure} />}
      <div className="row">
        <Button type="submit" className="button button-main" isDisabled={choosing.busy}>
          {t('keychain.fileSubmit')}
        </Button>
        <Button className="button" isDisabled={choosing.busy} onPress={lookAgain}>
          {t('keychain.osInstead')}
        </Button>
      </div>
    </Form>
  );
}

function Problem({ problem }: { problem: NonNullable<KeychainState['problem']> }) {
  const { message } = useFailureWords()(problem);
  return <p className="small muted">{message}</p>;
}
