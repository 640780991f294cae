import { useTranslation } from 'react-i18next';
import type { ValueSource } from '../../main/hosts/host.schema.ts';
import { FilePath } from '../look/file-path.tsx';
import { usePlaceWords } from './place-words.ts';

/** Where a reference takes its value from, and so where the person changes the key. */
export function ValueSourceWords({ source }: { source: ValueSource }) {
  const { t } = useTranslation();
  const placeWords = usePlaceWords();
  const { kind, name, setIn } = source;
  const isSet = kind === 'variable' && setIn.length > 0;
  return (
    <>
      <p className="small">{t(isSet ? 'source.variableSet' : `source.${kind}`, { name })}</p>
      {kind === 'file' && (
        <p className="small muted">
          <FilePath path={name} />
        </p>
      )}
      {isSet &&
        setIn.map(({ file, line, credential }) => (
          <p key={`${file} ${line}`} className="small muted">
            <FilePath path={file} /> · {placeWords({ server: null, line })}
            {credential !== null && <> · {t('source.holds', { credential })}</>}
          </p>
        ))}
    </>
  );
}
