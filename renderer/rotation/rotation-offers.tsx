import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import { useSay } from '../app/say.tsx';
import type { Doing } from '../data/use-doing.ts';
import { useAnswer, useRekey } from '../data/use-rekey.tsx';
import { KeychainGate } from '../keychain/keychain-gate.tsx';
import { GiveUpButton } from './give-up-button.tsx';
import { PasteKey } from './paste-key.tsx';

interface RotationOffersProps {
  readonly rotation: Rotation;
  readonly doing: Doing;
  onGoOn(): void;
}

/** What the person can do so that a rotation which stands still goes on, or ends. */
export function RotationOffers({ rotation, doing, onGoOn }: RotationOffersProps) {
  const { t } = useTranslation();
  const { api } = useRekey();
  const say = useSay();
  const keychain = useAnswer('getStatus').value?.keychain;
  const { id, waiting, offers } = rotation;
  const canCopy = offers.includes('copy-key');
  const canGoOn = waiting !== null && offers.includes('go-on');
  const canGiveUp = offers.includes('give-up');
  const copy = () =>
    doing.run(async () => {
      const { clearedAfterSeconds } = await api.call('copyNewKey', { id });
      say(t('keys.copied', { count: clearedAfterSeconds }));
    });
  return (
    <>
      {waiting?.on === 'keychain' && keychain && <KeychainGate keychain={keychain} />}
      {offers.includes('paste-key') && <PasteKey rotation={rotation} />}
      {(canGoOn || canCopy || canGiveUp) && (
        <div className="row">
          {canGoOn && (
            <Button className="button button-main" isDisabled={doing.busy} onPress={onGoOn}>
              {t('rotation.goOn')}
            </Button>
          )}
          {canCopy && (
            <Button className="button" isDisabled={doing.busy} onPress={copy}>
              {t('rotation.copyKey')}
            </Button>
          )}
          {canGiveUp && <GiveUpButton rotation={rotation} />}
        </div>
      )}
      {canCopy && <p className="small muted">{t('rotation.copyKeyMore')}</p>}
    </>
  );
}
