import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Piece, PracticeFile } from '../../main/practice/practice.schema.ts';
import { useAnswer } from '../data/use-rekey.tsx';
import { EarlierVersions } from '../hosts/earlier-versions.tsx';
import { useVersions } from '../hosts/use-versions.ts';
import { FilePath } from '../look/file-path.tsx';
import { Icon } from '../look/icons.tsx';

/** The pretended files as they were and as they are, so that everyone sees that only the key's bytes change. */
export function PracticeFiles({ files }: { files: readonly PracticeFile[] }) {
  const { t } = useTranslation();
  const versions = useVersions();
  useAnswer('listBackups');
  const [inFull, setInFull] = useState(false);
  return (
    <section className="stack-tight" aria-labelledby="practice-files">
      <div className="page-head">
        <h2 id="practice-files">{t('practice.files')}</h2>
        <label className="check page-head-action">
          <input type="checkbox" checked={inFull} onChange={(event) => setInFull(event.target.checked)} />
          <span>{t('practice.inFull')}</span>
        </label>
      </div>
      <p className="muted">{t('practice.filesMore')}</p>
      <ul className="stack">
        {files.map((file) => (
          <li key={file.path} className="panel practice-file">
            <div className="practice-file-head">
              <div>
                <h3>{file.host}</h3>
                <FilePath path={file.path} />
              </div>
              <EarlierVersions file={file.path} versions={versions(file.path)} />
            </div>
            <Compared file={file} inFull={inFull} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Compared({ file: { before, now, onlyKeysDiffer }, inFull }: { file: PracticeFile; inFull: boolean }) {
  const { t } = useTranslation();
  const isSame = keysIn(now).join() === keysIn(before).join();
  const mask = (key: string): string =>
    `•••• (${t(keysIn(before).includes(key) ? 'practice.oldKey' : 'practice.newKey')})`;
  const words = !onlyKeysDiffer ? 'practice.otherChange' : isSame ? 'practice.unchanged' : 'practice.onlyKey';
  return (
    <>
      <div className="practice-texts">
        <FileText label={t('plan.before')} pieces={before} mask={mask} inFull={inFull} />
        <FileText label={t('practice.nowText')} pieces={now} mask={mask} inFull={inFull} />
      </div>
      <p className="row small">
        <Icon name={onlyKeysDiffer ? 'check' : 'warning'} />
        {t(words)}
      </p>
    </>
  );
}

interface FileTextProps {
  readonly label: string;
  readonly pieces: readonly Piece[];
  /** Stands in the place of a key. */
  mask(key: string): string;
  readonly inFull: boolean;
}

function FileText({ label, pieces, mask, inFull }: FileTextProps) {
  return (
    <figure>
      <figcaption className="small muted">{label}</figcaption>
      <pre>
        {pieces.map(({ text, isKey }, index) =>
          isKey ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text have no other identity
            <mark key={index}>{inFull ? text : mask(text)}</mark>
          ) : (
            text
          ),
        )}
      </pre>
    </figure>
  );
}

function keysIn(pieces: readonly Piece[]): string[] {
  return pieces.filter(({ isKey }) => isKey).map(({ text }) => text);
}
