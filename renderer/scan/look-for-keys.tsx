import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { FoundKey, Scan } from '../../main/scan/scan.schema.ts';
import { useSay } from '../app/say.tsx';
import { useDoing } from '../data/use-doing.ts';
import { useAnswer, useRekey } from '../data/use-rekey.tsx';
import { FailureNotice, useFailureWords } from '../look/failure-notice.tsx';
import { Icon } from '../look/icons.tsx';
import { Notice } from '../look/notice.tsx';
import { FoundKeys } from './found-keys.tsx';
import { TakeInDialog } from './take-in-dialog.tsx';

/** Looks for keys in plain text when the person asks, and takes in those that Rekey could rotate. */
export function LookForKeys() {
  const { t } = useTranslation();
  const { api } = useRekey();
  const say = useSay();
  const doing = useDoing();
  // Asked for now, so that the dialog has it at once.
  useAnswer('listProviders');
  const [scan, setScan] = useState<Scan | null>(null);
  const [taking, setTaking] = useState<FoundKey | null>(null);
  const look = () => doing.run(async () => setScan(await api.call('scanFiles', {})));
  return (
    <section className="stack-tight" aria-labelledby="look-for-keys">
      <div className="page-head">
        <h2 id="look-for-keys">{t('scan.title')}</h2>
        <Button className="button page-head-action" isDisabled={doing.busy} onPress={look}>
          <Icon name="key" />
          {t(doing.busy ? 'scan.looking' : scan ? 'scan.again' : 'scan.look')}
        </Button>
      </div>
      <p className="muted">{t('scan.what')}</p>
      {doing.failure && <FailureNotice failure={doing.failure} />}
      <p role="status" className={scan ? 'muted' : undefined}>
        {scan && t('scan.count', { count: scan.findings.length })}
      </p>
      {scan && <FoundKeys findings={scan.findings} onTakeIn={setTaking} />}
      {scan && <Problems problems={scan.problems} />}
      {taking && (
        <TakeInDialog
          found={taking}
          onClose={() => setTaking(null)}
          onTaken={(name) => {
            say(t('keys.addedSay', { name }));
            void look();
          }}
        />
      )}
    </section>
  );
}

function Problems({ problems }: Pick<Scan, 'problems'>) {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  if (problems.length === 0) return null;
  return (
    <Notice tone="warn" title={t('scan.problems', { count: problems.length })}>
      {problems.map(({ file, problem }) => {
        const { both } = failureWords(problem);
        return <p key={`${file} ${problem.code}`}>{both}</p>;
      })}
    </Notice>
  );
}
