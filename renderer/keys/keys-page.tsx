import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useSay } from '../app/say.tsx';
import { useAnswer } from '../data/use-rekey.tsx';
import { KeychainGate } from '../keychain/keychain-gate.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { Icon } from '../look/icons.tsx';
import { AddKeyDialog } from './add-key-dialog.tsx';
import { EmptyKeys } from './empty-keys.tsx';
import { KeyCard } from './key-card.tsx';
import { SeveralDialog } from './several-dialog.tsx';

/** @param shown id of the key to go to. */
export function KeysPage({ shown }: { shown: string | null }) {
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
        <ul className="keys panel" aria-label={t('keys.list')}>
          {all.map((credential) => (
            <KeyCard key={credential.id} credential={credential} shown={credential.id === shown} />
          ))}
        </ul>
      )}
      {choosing && <SeveralDialog credentials={all} onClose={() => setChoosing(false)} />}
      {adding && (
        <AddKeyDialog onClose={() => setAdding(false)} onAdded={(name) => say(t('keys.addedSay', { name }))} />
      )}
    </>
  );
}
