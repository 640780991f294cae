import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../preload/contract.ts';
import { FilePath } from '../look/file-path.tsx';

export function About({ status: { version, dataFolder } }: { status: CallOutput<'getStatus'> }) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{t('settings.about')}</h2>
      <dl className="panel setting about">
        <dt className="muted">{t('settings.version')}</dt>
        <dd>{version}</dd>
        <dt className="muted">{t('settings.dataFolder')}</dt>
        <dd>
          <FilePath path={dataFolder} />
        </dd>
      </dl>
    </section>
  );
}
