import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Restored } from '../../main/backups/backup.schema.ts';
import { Notice } from '../look/notice.tsx';
import { dateAndExactTime } from '../words/time.ts';

/** What was restored, and what the person should know of the keys in it. */
export function RestoredWords({ restored, onClose }: { restored: Restored; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const { at, changed, replaced, keys, putIn, left } = restored;
  const title = changed ? t('versions.done', { time: dateAndExactTime(at, i18n.language) }) : t('versions.same');
  return (
    <>
      <Notice tone={left.length > 0 ? 'warn' : 'ok'} role="status" title={title}>
        {replaced !== null && <p>{t('versions.kept')}</p>}
        {keys !== 'current' && <p>{t(`versions.keys.${keys}`)}</p>}
        {putIn.map(({ credential, places }) => (
          <p key={credential}>{t('versions.putIn', { name: credential, count: places })}</p>
        ))}
      </Notice>
      {left.length > 0 && <LeftKeys left={left} />}
      <div className="dialog-buttons">
        <Button className="button" autoFocus onPress={onClose}>
          {t('action.close')}
        </Button>
      </div>
    </>
  );
}

function LeftKeys({ left }: { left: Restored['left'] }) {
  const { t } = useTranslation();
  return (
    <section aria-labelledby="left-keys">
      <h3 id="left-keys">{t('versions.left')}</h3>
      <ul className="stack-tight">
        {left.map(({ why, credential, server, line }) => (
          <li key={`${why} ${credential} ${server} ${line}`}>
            <p>{t(`versions.leftWhy.${why}`, { name: credential ?? '' })}</p>
            <p className="small muted">
              {[server !== null && t('place.server', { name: server }), line !== null && t('place.line', { line })]
                .filter(Boolean)
                .join(', ')}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
