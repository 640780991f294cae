import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../look/failure-notice.tsx';
import { SettingSwitch } from './setting-switch.tsx';
import { useDesktopCalls } from './use-desktop-call.ts';

/** Whether the system starts Rekey when the person logs in. Only where the desktop app offers it. */
export function StartAtLogin({ on }: { on: boolean }) {
  const { t } = useTranslation();
  const { turn, failure } = useDesktopCalls();
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{t('settings.login')}</h2>
      <div className="panel setting stack-tight">
        <SettingSwitch label={t('settings.loginStart')} on={on} change={(chosen) => turn('setStartAtLogin', chosen)}>
          <p>{t('settings.loginMore')}</p>
        </SettingSwitch>
        {failure && <FailureNotice failure={failure} />}
      </div>
    </section>
  );
}
