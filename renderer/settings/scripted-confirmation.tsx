import { useId } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { FailureNotice } from '../look/failure-notice.tsx';
import { SettingSwitch } from './setting-switch.tsx';
import { useChange } from './use-change.ts';

/** Whether `--confirm rotate-now` may stand for a person. */
export function ScriptedConfirmation({ allowed }: { allowed: boolean }) {
  const { t } = useTranslation();
  const { change, failure } = useChange();
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{t('settings.scripts')}</h2>
      <div className="panel setting stack-tight">
        <SettingSwitch
          label={t('settings.scriptsAllow')}
          on={allowed}
          change={(allowScriptedConfirmation) => change(() => ({ allowScriptedConfirmation }))}
        >
          <p>
            <Trans i18nKey="settings.scriptsMore" components={{ code: <code /> }} />
          </p>
          <p>{t('settings.scriptsDesktop')}</p>
        </SettingSwitch>
        {failure && <FailureNotice failure={failure} />}
      </div>
    </section>
  );
}
