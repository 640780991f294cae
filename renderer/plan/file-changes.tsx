import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Plan, PlannedSite } from '../../main/rotation/plan.schema.ts';
import { FilePath } from '../look/file-path.tsx';
import { Icon } from '../look/icons.tsx';
import { usePlaceWords } from './place-words.ts';
import { useSectionName } from './section-of.ts';

/** Each file with the lines that change, before and after; the keys are masked already. */
export function FileChanges({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  const title = useId();
  const name = useSectionName(title);
  const files = Map.groupBy(plan.sites, ({ file }) => file);
  return (
    <section aria-labelledby={name}>
      <h2 id={title}>{t('plan.changes')}</h2>
      {files.size === 0 && <p className="muted">{t('plan.noChanges')}</p>}
      <ul className="stack">
        {[...files].map(([file, sites]) => (
          <li key={file} className="file-change panel">
            <FileHead file={file} owner={sites[0]?.owner ?? null} />
            {sites.map((site) => (
              <SiteChange key={`${site.line} ${site.path.join('.')} ${site.role}`} site={site} />
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

function FileHead({ file, owner }: { file: string; owner: PlannedSite['owner'] | null }) {
  const { t } = useTranslation();
  return (
    <div className="file-head">
      <Icon name="file" />
      <div>
        <h3>{owner?.kind === 'provider' ? t('place.ofProvider', { name: owner.name }) : owner?.name}</h3>
        <FilePath path={file} />
      </div>
    </div>
  );
}

function SiteChange({ site }: { site: PlannedSite }) {
  const { t } = useTranslation();
  const placeWords = usePlaceWords();
  return (
    <figure className="site-change">
      <figcaption className="small muted">
        {placeWords(site)}
        {site.role !== 'key' && <> · {t('plan.onlyIfSent', { role: site.role })}</>}
      </figcaption>
      <DiffLine kind="old" sign="−" label={t('plan.before')} line={site.line} text={site.before} />
      <DiffLine kind="new" sign="+" label={t('plan.after')} line={site.line} text={site.after} />
    </figure>
  );
}

interface DiffLineProps {
  readonly kind: 'old' | 'new';
  readonly sign: string;
  readonly label: string;
  readonly line: number;
  readonly text: string;
}

function DiffLine({ kind, sign, label, line, text }: DiffLineProps) {
  return (
    <p className={`diff-line diff-${kind}`}>
      <span className="diff-number" aria-hidden="true">
        {line}
      </span>
      <span className="diff-sign" aria-hidden="true">
        {sign}
      </span>
      <span className="unseen">{label}: </span>
      <code>{text.trim()}</code>
    </p>
  );
}
