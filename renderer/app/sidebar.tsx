import { useTranslation } from 'react-i18next';
import { useAnswer } from '../data/use-rekey.tsx';
import { Icon } from '../look/icons.tsx';
import type { Route } from './route.ts';

const PAGES = [
  ['keys', 'key'],
  ['hosts', 'hosts'],
  ['activity', 'activity'],
  ['settings', 'settings'],
] as const;

export function Sidebar({ page }: { page: Route['page'] | null }) {
  const { t } = useTranslation();
  const version = useAnswer('getStatus').value?.version;
  return (
    <header className="sidebar">
      <p className="brand">
        <span className="brand-sign">
          <Icon name="key" />
        </span>
        {t('app.name')}
      </p>
      <nav aria-label={t('app.navigation')}>
        <ul>
          {PAGES.map(([name, icon]) => (
            <li key={name}>
              <a href={`#/${name}`} {...(page === name && { 'aria-current': 'page' as const })}>
                <Icon name={icon} />
                {t(`app.${name}`)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <p className="version small muted">{version && t('app.version', { version })}</p>
    </header>
  );
}
