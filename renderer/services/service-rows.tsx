import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { ServiceList, ServiceView } from '../../main/providers/described/service.schema.ts';
import { FilePath } from '../look/file-path.tsx';
import { Icon } from '../look/icons.tsx';
import { listOf } from '../words/list.ts';
import { useTogether } from '../words/together.ts';
import { ProblemList } from './problem-list.tsx';

interface RowProps<T> {
  readonly service: T;
  onChange(): void;
  onRemove(): void;
}

/** A described service: what Rekey does for its keys, and whose they are. */
export function ServiceRow({ service, onChange, onRemove }: RowProps<ServiceView>) {
  const { t, i18n } = useTranslation();
  const together = useTogether();
  const { name, strategy, verifies, usedBy, file } = service;
  return (
    <li className="service">
      <div className="service-words">
        <h3>{name}</h3>
        <p>{together(t(`services.way.${strategy}`), !verifies && t('services.unverified'))}</p>
        {usedBy.length > 0 && <p>{t('services.usedBy', { names: listOf(usedBy, i18n.language) })}</p>}
        <p className="small muted">
          <FilePath path={file} />
        </p>
      </div>
      <Buttons name={name} onChange={onChange} onRemove={onRemove} />
    </li>
  );
}

/** A file that is no description, and what is wrong with it. */
export function BrokenRow({ service, onChange, onRemove }: RowProps<ServiceList['broken'][number]>) {
  const { t } = useTranslation();
  const { id, file, text, problems } = service;
  return (
    <li className="service">
      <div className="service-words">
        <h3>
          <Icon name="warning" /> {id}
        </h3>
        <p>{t('services.broken')}</p>
        <ProblemList problems={problems} />
        <p className="small muted">
          <FilePath path={file} />
        </p>
      </div>
      {id !== '' && <Buttons name={id} onChange={text === null ? null : onChange} onRemove={onRemove} />}
    </li>
  );
}

interface ButtonsProps {
  readonly name: string;
  /** Null where there is no text that could be changed. */
  readonly onChange: (() => void) | null;
  readonly onRemove: () => void;
}

function Buttons({ name, onChange, onRemove }: ButtonsProps) {
  const { t } = useTranslation();
  return (
    <div className="service-buttons">
      {onChange && (
        <Button className="button" aria-label={t('services.changeLabel', { name })} onPress={onChange}>
          {t('services.change')}
        </Button>
      )}
      <Button className="button" aria-label={t('services.removeLabel', { name })} onPress={onRemove}>
        {t('services.remove')}
      </Button>
    </div>
  );
}
