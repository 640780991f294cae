import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { UpdatesView } from '../../main/desktop/desktop.schema.ts';
import type { CallOutput } from '../../preload/contract.ts';
import { FilePath } from '../look/file-path.tsx';
import { Updates } from './updates.tsx';

interface AboutProps {
  readonly status: CallOutput<'getStatus'>;
  /** Null in a shell that is updated by other means. */
  readonly updates: UpdatesView | null;
}

export function About({ status: { version, dataFolder }, updates }: AboutProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{t('settings.about')}</h2>
      <div className="panel">
        <dl className="setting about">
          <dt className="muted">{t('settings.version')}</dt>
          <dd>{version}</dd>
          <dt className="muted">{t('settings.dataFolder')}</dt>
          <dd>
            <FilePath path={dataFolder} />
          </dd>
        </dl>
        {updates && <Updates updates={updates} />}
      </div>
    </section>
  );
}
