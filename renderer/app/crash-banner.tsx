import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useAnswer } from '../data/use-rekey.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { Notice } from '../look/notice.tsx';
import { useDesktopCalls } from '../settings/use-desktop-call.ts';
import { dateAndTime } from '../words/time.ts';
import { useSay } from './say.tsx';

/** The last crash, until it is dismissed: what is known of it can be copied into a report, and goes nowhere by itself. */
export function CrashBanner() {
  const { t, i18n } = useTranslation();
  const say = useSay();
  const { call, failure } = useDesktopCalls();
  const crash = useAnswer('getDesktop').value?.crash ?? null;
  if (!crash) return null;
  const copy = async () => {
    if (await call('copyCrashNote')) say(t('banner.crashCopied'));
  };
  return (
    <Notice
      tone="warn"
      role="status"
      title={t('banner.crash', { at: dateAndTime(crash.at, i18n.language) })}
      actions={
        <>
          <Button className="button" onPress={copy}>
            {t('banner.crashCopy')}
          </Button>
          <Button className="button" onPress={() => call('dismissCrashNote')}>
            {t('action.dismiss')}
          </Button>
        </>
      }
    >
      <p>{t('banner.crashMore')}</p>
      {failure && <FailureNotice failure={failure} />}
    </Notice>
  );
}
