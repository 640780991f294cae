import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { FoundKey } from '../../main/scan/scan.schema.ts';
import { FilePath } from '../look/file-path.tsx';
import { usePlaceWords } from '../plan/place-words.ts';
import { useSentence } from '../words/sentence.ts';

interface FoundKeysProps {
  readonly findings: readonly FoundKey[];
  onTakeIn(found: FoundKey): void;
}

/** What a scan has found, file by file. */
export function FoundKeys({ findings, onTakeIn }: FoundKeysProps) {
  const byFile = Map.groupBy(findings, ({ file }) => file);
  return [...byFile].map(([file, keys]) => (
    <section key={file} className="panel" aria-label={file}>
      <header className="found-file">
        <strong>{keys[0]?.owner.name}</strong> · <FilePath path={file} />
      </header>
      <ul className="lines">
        {keys.map((found) => (
          <li key={found.id} className="left-behind">
            <FoundKeyWords found={found} />
            {found.providers.length > 0 && <TakeInButton found={found} onTakeIn={onTakeIn} />}
          </li>
        ))}
      </ul>
    </section>
  ));
}

function TakeInButton({ found, onTakeIn }: { found: FoundKey; onTakeIn: FoundKeysProps['onTakeIn'] }) {
  const { t } = useTranslation();
  return (
    <Button
      className="button button-small"
      aria-label={t('scan.takeInLabel', { key: found.masked, line: found.line })}
      onPress={() => onTakeIn(found)}
    >
      {t('scan.takeIn')}
    </Button>
  );
}

function FoundKeyWords({ found }: { found: FoundKey }) {
  const { t } = useTranslation();
  const placeWords = usePlaceWords();
  const { where, server, place, line, times, masked } = found;
  const words = [
    where !== 'server' && t(`scan.where.${where}`),
    placeWords({ server, line, ...(place !== null && { place }) }),
    times > 1 && t('scan.times', { count: times }),
  ];
  return (
    <div>
      <p>
        <code>{masked}</code>
      </p>
      <p className="small">
        <WhyWords found={found} />
      </p>
      <p className="small muted">{words.filter(Boolean).join(' · ')}</p>
    </div>
  );
}

function WhyWords({ found: { why } }: { found: FoundKey }) {
  const { t } = useTranslation();
  const sentence = useSentence();
  if (why.kind === 'known') return t(why.isDead ? 'scan.why.dead' : 'scan.why.known', { name: why.credential });
  return why.kind === 'pattern' ? t('scan.why.pattern', { service: sentence(why.service) }) : t('scan.why.entropy');
}
