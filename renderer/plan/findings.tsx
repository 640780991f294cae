import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Finding } from '../../main/rotation/plan.schema.ts';
import { useFailureWords } from '../look/failure-notice.tsx';
import { FilePath } from '../look/file-path.tsx';
import { useTogether } from '../words/together.ts';
import { usePlaceWords } from './place-words.ts';
import { useSectionName } from './section-of.ts';
import { ValueSourceWords } from './value-source.tsx';

interface FindingsProps {
  readonly findings: readonly Finding[];
  /** What the person can do about one of them. */
  readonly actions?: ((finding: Finding) => ReactNode) | undefined;
}

/** What was found and stays as it is, with the reason. */
export function Findings({ findings, actions }: FindingsProps) {
  const { t } = useTranslation();
  const title = useId();
  const name = useSectionName(title);
  if (findings.length === 0) return null;
  return (
    <section aria-labelledby={name}>
      <h2 id={title}>{t('plan.findings')}</h2>
      <ul className="panel lines">
        {findings.map((finding) => (
          <li key={JSON.stringify(finding)}>
            <p>
              <FindingWords finding={finding} />
            </p>
            <p className="small muted">
              {finding.owner.name} · <FilePath path={finding.file} />
              <FindingPlace finding={finding} />
            </p>
            {finding.kind === 'reference' && <ValueSourceWords source={finding.source} />}
            {actions?.(finding)}
          </li>
        ))}
      </ul>
    </section>
  );
}

function FindingWords({ finding }: { finding: Finding }) {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  const together = useTogether();
  switch (finding.kind) {
    case 'reference':
      return t('plan.finding.reference', { name: finding.name, expression: finding.expression });
    case 'other-key':
      return t('plan.finding.other-key', { name: finding.name });
    case 'problem': {
      return together(t('plan.finding.problem'), failureWords(finding.problem).both);
    }
    default:
      return t(`plan.finding.${finding.kind}`);
  }
}

function FindingPlace({ finding }: { finding: Finding }) {
  const placeWords = usePlaceWords();
  if (!('line' in finding)) return null;
  return <> · {placeWords({ server: 'server' in finding ? finding.server : null, line: finding.line })}</>;
}
