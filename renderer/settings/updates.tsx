import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { UpdateState, UpdatesView } from '../../main/desktop/desktop.schema.ts';
import { FailureNotice, useFailureWords } from '../look/failure-notice.tsx';
import { SettingSwitch } from './setting-switch.tsx';
import { UpdateWords } from './update-words.tsx';
import { useDesktopCalls } from './use-desktop-call.ts';

/** Newer versions of Rekey itself: how it stands, and what the person can do about it. */
export function Updates({ updates: { update, automatic, checkedAt } }: { updates: UpdatesView }) {
  const { t } = useTranslation();
  const { call, turn, failure } = useDesktopCalls();
  if (update.state === 'absent') {
    return (
      <div className="setting stack-tight">
        <p>{t(`settings.update.absent.${update.why}`)}</p>
      </div>
    );
  }
  return (
    <div className="setting stack-tight">
      <div className="row">
        <div className="setting-words" role="status">
          <UpdateWords update={update} checkedAt={checkedAt} />
        </div>
        <WayOn update={update} call={call} />
      </div>
      {update.state === 'failed' && <Problem problem={update.problem} />}
      {failure && <FailureNotice failure={failure} />}
      <SettingSwitch
        label={t('settings.update.automatic')}
        on={automatic}
        change={(chosen) => turn('setUpdateChecks', chosen)}
      >
        <p>{t('settings.update.automaticMore')}</p>
      </SettingSwitch>
    </div>
  );
}

const WAYS = {
  idle: ['checkForUpdate', 'check'],
  failed: ['checkForUpdate', 'check'],
  available: ['downloadUpdate', 'download'],
  ready: ['installUpdate', 'install'],
} as const;

/** One button: what comes next. While something is under way it stays where it is, and can't be pressed. */
function WayOn({ update, call }: { update: UpdateState; call: ReturnType<typeof useDesktopCalls>['call'] }) {
  const { t } = useTranslation();
  const { state } = update;
  if (state === 'absent') return null;
  const waits = state === 'checking' || state === 'downloading';
  const [name, label] = WAYS[state === 'checking' ? 'idle' : state === 'downloading' ? 'available' : state];
  return (
    <Button
      className={state === 'ready' ? 'button button-main' : 'button'}
      isDisabled={waits}
      onPress={() => call(name)}
    >
      {t(`settings.update.${label}`)}
    </Button>
  );
}

function Problem({ problem }: { problem: Extract<UpdateState, { state: 'failed' }>['problem'] }) {
  const { both } = useFailureWords()(problem);
  return <p className="small">{both}</p>;
}
