import { useTranslation } from 'react-i18next';
import type { CredentialView } from '../../preload/contract.ts';
import { ActivityDays } from '../activity/activity-days.tsx';
import { OlderButton } from '../activity/older-button.tsx';
import { useActivity } from '../activity/use-activity.ts';
import { NotFound } from '../app/not-found.tsx';
import { useAnswer } from '../data/use-rekey.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { CooldownLeft } from '../rotation/cooldown-left.tsx';
import { Age } from './age.tsx';
import { KeyActions } from './key-actions.tsx';
import { KeyChanges } from './key-changes.tsx';
import { KeyPicture } from './key-picture.tsx';
import { KeyRotation } from './key-rotation.tsx';
import { KeyState } from './key-state.tsx';
import { OldKeys } from './old-keys.tsx';

/** All about one key: how it is, where it stands, what a rotation would change, and what was done with it. */
export function KeyPage({ id }: { id: string }) {
  const { t } = useTranslation();
  const { value, failure } = useAnswer('listCredentials');
  const credential = value?.find((one) => one.id === id);
  if (credential) return <KeyView credential={credential} />;
  if (failure) return <FailureNotice failure={failure} />;
  return value === null ? <p className="muted">{t('app.loading')}</p> : <NotFound />;
}

function KeyView({ credential }: { credential: CredentialView }) {
  return (
    <>
      <KeyHead credential={credential} />
      <OldKeys credential={credential} />
      <KeyPicture credential={credential} />
      <KeyChanges credential={credential}>
        <History name={credential.name} />
      </KeyChanges>
    </>
  );
}

function KeyHead({ credential }: { credential: CredentialView }) {
  const { t } = useTranslation();
  const { name, providerName, masked, state, due, cooldown, verification } = credential;
  const account = verification?.account ?? null;
  return (
    <header className="stack-tight key-page-head">
      <p>
        <a className="link" href="#/keys">
          {t('keys.all')}
        </a>
      </p>
      <div className="page-head">
        <h1>{name}</h1>
        <KeyState state={state} due={due} />
        <KeyRotation credential={credential} />
      </div>
      <p className="muted">
        {providerName} · <code>{masked}</code>
        {account !== null && <> · {t('keys.account', { account })}</>}
      </p>
      <Age credential={credential} />
      {cooldown && <CooldownLeft cooldown={cooldown} />}
      <KeyActions credential={credential} />
    </header>
  );
}

function History({ name }: { name: string }) {
  const { t } = useTranslation();
  const { entries, failure, hasOlder, showOlder } = useActivity(name);
  return (
    <section className="stack-tight" aria-labelledby="key-history">
      <h2 id="key-history">{t('keys.history')}</h2>
      {failure && <FailureNotice failure={failure} />}
      {entries === null && !failure && <p className="muted">{t('app.loading')}</p>}
      {entries?.length === 0 && <p className="muted">{t('keys.historyNone')}</p>}
      <ActivityDays entries={entries ?? []} level={3} />
      {hasOlder && <OlderButton onPress={showOlder} />}
    </section>
  );
}
