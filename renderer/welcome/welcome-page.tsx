import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useDoing } from '../data/use-doing.ts';
import { useAnswer, useRekey } from '../data/use-rekey.tsx';
import { KeychainGate } from '../keychain/keychain-gate.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { LookForKeys } from '../scan/look-for-keys.tsx';
import { FoundHosts } from './found-hosts.tsx';

/** The first run: what Rekey is, what it has found, and the ways to begin. Changes nothing by itself. */
export function WelcomePage() {
  const { t } = useTranslation();
  const { api, answers } = useRekey();
  const keychain = useAnswer('getStatus').value?.keychain;
  const held = useAnswer('listCredentials').value?.length ?? 0;
  const doing = useDoing();
  const leave = () =>
    doing.run(async () => {
      await api.call('changeSettings', { welcomed: true });
      await answers.ask('getSettings');
      location.hash = '#/keys';
    });
  return (
    <>
      <header className="stack-tight">
        <div className="page-head">
          <h1>{t('welcome.title')}</h1>
          <Button className="button page-head-action" isDisabled={doing.busy} onPress={leave}>
            {t('welcome.skip')}
          </Button>
        </div>
        <p>{t('welcome.what')}</p>
        <ul className="points muted">
          <li>{t('welcome.promise.asks')}</li>
          <li>{t('welcome.promise.keeps')}</li>
          <li>{t('welcome.promise.files')}</li>
        </ul>
      </header>
      {doing.failure && <FailureNotice failure={doing.failure} />}
      <FoundHosts />
      {keychain && keychain.status !== 'ready' ? <KeychainGate keychain={keychain} /> : <LookForKeys />}
      <section className="stack-tight" aria-labelledby="welcome-practice">
        <h2 id="welcome-practice">{t('welcome.practice.title')}</h2>
        <p className="muted">{t('welcome.practice.what')}</p>
        <div>
          <a className="button" href="#/practice">
            {t('welcome.practice.go')}
          </a>
        </div>
      </section>
      <section className="stack-tight" aria-labelledby="welcome-end">
        <h2 id="welcome-end">{t('welcome.end.title')}</h2>
        <p role="status">{t('welcome.end.held', { count: held })}</p>
        <div>
          <Button className="button button-main" isDisabled={doing.busy} onPress={leave}>
            {t('welcome.end.go')}
          </Button>
        </div>
      </section>
    </>
  );
}
