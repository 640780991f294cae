import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { PracticeView } from '../../main/practice/practice.schema.ts';
import { useDoing } from '../data/use-doing.ts';
import { FailureNotice } from '../look/failure-notice.tsx';
import { Notice } from '../look/notice.tsx';

interface TroubleHelpProps {
  readonly practice: PracticeView;
  onRelease(): Promise<void>;
}

/** Lets the person end what goes wrong, as they would outside of practice: here, by letting a file be written again. */
export function TroubleHelp({ practice: { trouble, troubleEnded }, onRelease }: TroubleHelpProps) {
  const { t } = useTranslation();
  const doing = useDoing();
  if (trouble !== 'file-locked') return null;
  const release = (
    <Button className="button" isDisabled={doing.busy} onPress={() => doing.run(onRelease)}>
      {t('practice.release')}
    </Button>
  );
  return (
    <>
      <Notice
        tone="info"
        role="status"
        title={t(troubleEnded ? 'practice.released' : 'practice.locked')}
        actions={troubleEnded ? undefined : release}
      >
        <p>{t(troubleEnded ? 'practice.releasedMore' : 'practice.lockedMore')}</p>
      </Notice>
      {doing.failure && <FailureNotice failure={doing.failure} />}
    </>
  );
}
