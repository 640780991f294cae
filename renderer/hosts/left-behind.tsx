import { useTranslation } from 'react-i18next';
import type { HostView } from '../../main/hosts/host.schema.ts';
import { CopyButtons } from '../clean-up/copy-buttons.tsx';
import { RedactButton } from '../clean-up/redact-button.tsx';
import { FilePath } from '../look/file-path.tsx';
import { listOf } from '../words/list.ts';

/** Keys in comments, chats and names of a program's files: a rotation leaves them, the person may redact them. */
export function OutsideKeys({ host }: { host: HostView }) {
  const { t, i18n } = useTranslation();
  if (host.outside.length === 0) return null;
  const byFile = Map.groupBy(host.outside, ({ file, credential }) => `${file}\n${credential}`);
  return (
    <div className="host-part">
      <h3>{t('hosts.outside')}</h3>
      <p className="small muted">{t('hosts.outsideMore')}</p>
      <ul className="stack-tight">
        {[...byFile].flatMap(([id, keys]) => {
          const [first] = keys;
          if (!first) return [];
          const { file, credential } = first;
          const holds = { earlier: keys.some((key) => key.isEarlier), current: keys.some((key) => !key.isEarlier) };
          const which = holds.earlier ? (holds.current ? 'both' : 'earlier') : 'present';
          const lines = [...new Set(keys.map(({ line }) => t('place.line', { line })))];
          return [
            <li key={id} className="left-behind small">
              <p>
                <strong>{credential}</strong> · {t(`hosts.${which}`)} · <FilePath path={file} /> ·{' '}
                {listOf(lines.slice(0, LINES), i18n.language)}
                {lines.length > LINES && ' …'}
              </p>
              <RedactButton file={file} credential={credential} holds={holds} />
            </li>,
          ];
        })}
      </ul>
    </div>
  );
}

/** A chat can hold a key in hundreds of lines. */
const LINES = 5;

/** Copies of a program's files with a key in them. */
export function Copies({ host }: { host: HostView }) {
  const { t } = useTranslation();
  if (host.copies.length === 0) return null;
  return (
    <div className="host-part">
      <h3>{t('hosts.copies')}</h3>
      <p className="small muted">{t('hosts.copiesMore')}</p>
      <ul className="stack-tight">
        {host.copies.map((copy) => (
          <li key={`${copy.path} ${copy.credential}`} className="left-behind small">
            <p>
              <strong>{copy.credential}</strong> · {t(copy.holdsEarlier ? 'hosts.earlier' : 'hosts.present')} ·{' '}
              <FilePath path={copy.path} />
            </p>
            <CopyButtons copy={copy} />
          </li>
        ))}
      </ul>
    </div>
  );
}
