import { useState } from 'react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { CredentialView } from '../../preload/contract.ts';
import { useSay } from '../app/say.tsx';
import { useDoing } from '../data/use-doing.ts';
import { useAnswer, useRekey } from '../data/use-rekey.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { Icon } from '../look/icons.tsx';
import { ReminderDialog } from '../reminders/reminder-dialog.tsx';
import { AgentDialog } from './agent-dialog.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import { useRequestRotation } from './use-request-rotation.ts';
import { useVerification, VerificationNotice } from './verification.tsx';

/** What can be done with a key, and how it went. */
export function KeyActions({ credential }: { credential: CredentialView }) {
  const { t } = useTranslation();
  const { api } = useRekey();
  const say = useSay();
  const doing = useDoing();
  const requestRotation = useRequestRotation();
  const verification = useVerification(credential, doing);
  const [asking, setAsking] = useState<'remove' | 'agent' | 'reminder' | null>(null);
  const { name, state } = credential;
  const still = state === 'rotating' || state === 'locked';
  const disabled = [...(state === 'locked' ? ['verify', 'copy', 'agent'] : []), ...(still ? ['by-hand'] : [])];
  // Where the service has no call for it, each rotation is by hand.
  const strategy = useAnswer('listProviders').value?.find(({ id }) => id === credential.provider)?.strategy;
  const canRequest = strategy !== undefined && strategy !== 'manual';

  const copy = () =>
    doing.run(async () => {
      const { clearedAfterSeconds } = await api.call('copyKey', { credential: credential.id });
      say(t('keys.copied', { count: clearedAfterSeconds }));
    });
  return (
    <>
      <div className="key-actions">
        <Button
          className={credential.due ? 'button button-main' : 'button'}
          aria-label={t('action.rotateLabel', { name })}
          isDisabled={still || doing.busy}
          onPress={() => doing.run(() => requestRotation({ credential: credential.id }))}
        >
          {t('action.rotate')}
        </Button>
        <MenuTrigger>
          <Button className="button button-bare button-icon" aria-label={t('action.more', { name })}>
            <Icon name="more" />
          </Button>
          <Popover className="menu-box" placement="bottom end">
            <Menu className="menu" disabledKeys={disabled}>
              <MenuItem id="verify" className="menu-item" onAction={verification.ask}>
                {t('action.verify')}
              </MenuItem>
              <MenuItem id="copy" className="menu-item" onAction={copy}>
                {t('action.copy')}
              </MenuItem>
              {canRequest && (
                <MenuItem
                  id="by-hand"
                  className="menu-item"
                  onAction={() => doing.run(() => requestRotation({ credential: credential.id, byHand: true }))}
                >
                  {t('action.rotateByHand')}
                </MenuItem>
              )}
              {credential.kind === 'operator' && (
                <MenuItem id="agent" className="menu-item" onAction={() => setAsking('agent')}>
                  {t('action.rotateAgent')}
                </MenuItem>
              )}
              <MenuItem id="reminder" className="menu-item" onAction={() => setAsking('reminder')}>
                {t('action.reminder')}
              </MenuItem>
              <MenuItem id="remove" className="menu-item" onAction={() => setAsking('remove')}>
                {t('action.remove')}
              </MenuItem>
            </Menu>
          </Popover>
        </MenuTrigger>
      </div>
      <div className="key-said" role="status">
        {verification.asking && (
          <p className="small muted">{t('keys.verifying', { provider: credential.providerName })}</p>
        )}
        {verification.result && (
          <VerificationNotice
            provider={credential.providerName}
            result={verification.result}
            onDismiss={verification.forget}
          />
        )}
        {doing.failure && <FailureNotice failure={doing.failure} actions={<Dismiss onPress={doing.forget} />} />}
      </div>
      {asking === 'remove' && <RemoveDialog credential={credential} onClose={() => setAsking(null)} />}
      {asking === 'reminder' && <ReminderDialog credential={credential} onClose={() => setAsking(null)} />}
      {asking === 'agent' && <AgentDialog credential={credential} onClose={() => setAsking(null)} />}
    </>
  );
}

function Dismiss({ onPress }: { onPress: () => void }) {
  const { t } = useTranslation();
  return (
    <Button className="button" onPress={onPress}>
      {t('action.dismiss')}
    </Button>
  );
}
