import { useTranslation } from 'react-i18next';
import { useAnswer } from '../data/use-rekey.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { OtherServices } from '../services/other-services.tsx';
import { About } from './about.tsx';
import { GettingToKnow } from './getting-to-know.tsx';
import { KeychainInUse } from './keychain-in-use.tsx';
import { ProjectFolders } from './project-folders.tsx';
import { Reminders } from './reminders.tsx';
import { ScriptedConfirmation } from './scripted-confirmation.tsx';

export function SettingsPage() {
  const { t } = useTranslation();
  const settings = useAnswer('getSettings');
  const status = useAnswer('getStatus');
  const failure = settings.failure ?? status.failure;
  return (
    <>
      <header className="stack-tight">
        <h1>{t('app.settings')}</h1>
        <p className="muted">{t('settings.what')}</p>
      </header>
      {failure && <FailureNotice failure={failure} />}
      {!(settings.value && status.value) && !failure && <p className="muted">{t('app.loading')}</p>}
      {settings.value && status.value && (
        <>
          <Reminders everyDays={settings.value.rotateEveryDays} />
          <ScriptedConfirmation allowed={settings.value.allowScriptedConfirmation} />
          <ProjectFolders folders={settings.value.projectFolders} platform={status.value.platform} />
        </>
      )}
      {status.value && (
        <>
          <OtherServices />
          <KeychainInUse status={status.value} />
          <GettingToKnow />
          <About status={status.value} />
        </>
      )}
    </>
  );
}
