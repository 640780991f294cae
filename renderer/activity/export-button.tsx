import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useDoing } from '../data/use-doing.ts';
import { useRekey } from '../data/use-rekey.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { dayOf } from './days.ts';
import { saveFile } from './save-file.ts';

/** By this Excel takes the file for UTF-8; others pass it over. */
const BYTE_ORDER_MARK = '\ufeff';

/** @param credential name of the one whose entries are wanted; null: of all. */
export function ExportButton({ credential }: { credential: string | null }) {
  const { t } = useTranslation();
  const { api } = useRekey();
  const { busy, run, failure } = useDoing();
  const save = () =>
    run(async () => {
      const { csv } = await api.call('exportActivity', credential === null ? {} : { credential });
      const file = new Blob([BYTE_ORDER_MARK, csv], { type: 'text/csv;charset=utf-8' });
      saveFile(file, `rekey-activity-${dayOf(new Date())}.csv`);
    });
  return (
    <>
      <Button className="button" isDisabled={busy} onPress={save}>
        {t('activity.export')}
      </Button>
      {failure && <FailureNotice failure={failure} />}
    </>
  );
}
