import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { BackupView, Restored } from '../../main/backups/backup.schema.ts';
import { useDoing } from '../data/use-doing.ts';
import { useRekey } from '../data/use-rekey.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { size } from '../words/size.ts';
import { dateAndExactTime } from '../words/time.ts';
import { useWhyKept } from '../words/why-kept.ts';

interface RestoreQuestionProps {
  readonly version: BackupView;
  onCancel(): void;
  onRestored(restored: Restored): void;
}

/** What restoring this version would do, and the way to do it. */
export function RestoreQuestion({ version, onCancel, onRestored }: RestoreQuestionProps) {
  const { t, i18n } = useTranslation();
  const { api } = useRekey();
  const whyKept = useWhyKept();
  const doing = useDoing();
  const [asItWas, setAsItWas] = useState(false);
  const { file, at, reason } = version;
  const restore = () => doing.run(async () => onRestored(await api.call('restoreBackup', { file, at, asItWas })));
  return (
    <>
      <p>
        {t('versions.confirmWhat', {
          time: dateAndExactTime(at, i18n.language),
          size: size(version.size, i18n.language),
          why: whyKept(reason),
        })}
      </p>
      <p>{t(asItWas ? 'versions.asItWasMore' : 'versions.confirmKeys')}</p>
      <p>{t('versions.confirmUndo')}</p>
      <label className="check">
        <input type="checkbox" checked={asItWas} onChange={(event) => setAsItWas(event.target.checked)} />
        <span>{t('versions.asItWas')}</span>
      </label>
      {doing.failure && <FailureNotice failure={doing.failure} />}
      <div className="dialog-buttons">
        <Button className="button" autoFocus isDisabled={doing.busy} onPress={onCancel}>
          {t('action.cancel')}
        </Button>
        <Button className="button button-main" isDisabled={doing.busy} onPress={restore}>
          {t(doing.busy ? 'versions.submitting' : 'versions.submit')}
        </Button>
      </div>
    </>
  );
}
