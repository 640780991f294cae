import { useDeferredValue, useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useSay } from '../app/say.tsx';
import { useAnswer } from '../data/use-rekey.tsx';
import { KeychainGate } from '../keychain/keychain-gate.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { Icon } from '../look/icons.tsx';
import { Field } from '../look/text-field.tsx';
import { AddKeyDialog } from './add-key-dialog.tsx';
import { EmptyKeys } from './empty-keys.tsx';
import { findKeys } from './find-keys.ts';
import { KeyList } from './key-list.tsx';
import { SeveralDialog } from './several-dialog.tsx';

export function KeysPage() {
  const { t } = useTranslation();
  const credentials = useAnswer('listCredentials');
  const keychain = useAnswer('getStatus').value?.keychain;
  // Asked for now, so that the dialog has it at once.
  useAnswer('listProviders');
  const say = useSay();
  const [adding, setAdding] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const ready = keychain?.status === 'ready';
  const all = credentials.value ?? [];
  const hosts = useAnswer('listHosts').value ?? [];
  const [asked, setAsked] = useState('');
  const found = findKeys(all, hosts, useDeferredValue(asked));
  return (
    <>
      <header className="page-head">
        <h1>{t('app.keys')}</h1>
        {all.length > 0 && <span className="muted">{t('keys.count', { count: all.length })}</span>}
        {ready && all.length > 0 && (
          <div className="row page-head-action">
            {all.length > 1 && (
              <Button className="button" onPress={() => setChoosing(true)}>
                {t('action.rotateSeveral')}
              </Button>
            )}
            <Button className="button button-main" onPress={() => setAdding(true)}>
              <Icon name="plus" />
              {t('action.addKey')}
            </Button>
          </div>
        )}
      </header>
      {keychain && !ready && <KeychainGate keychain={keychain} />}
      {credentials.failure && <FailureNotice failure={credentials.failure} />}
      {credentials.value === null && !credentials.failure && <p className="muted">{t('app.loading')}</p>}
      {credentials.value !== null && all.length === 0 && ready && <EmptyKeys onAdd={() => setAdding(true)} />}
      {all.length > 0 && (
        <>
          <search className="keys-search">
            <Field label={t('keys.search')} value={asked} onChange={setAsked} type="search" />
          </search>
          <p className="unseen" role="status">
            {asked !== '' && t('keys.found', { count: found.length })}
          </p>
          {found.length === 0 && <p className="muted">{t('keys.foundNone')}</p>}
          <KeyList credentials={found} />
        </>
      )}
      {choosing && <SeveralDialog credentials={all} onClose={() => setChoosing(false)} />}
      {adding && (
        <AddKeyDialog onClose={() => setAdding(false)} onAdded={(name) => say(t('keys.addedSay', { name }))} />
      )}
    </>
  );
}
