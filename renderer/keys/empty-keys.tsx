import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Icon } from '../look/icons.tsx';

/** What this is for and how it begins. */
export function EmptyKeys({ onAdd }: { onAdd: () => void }) {
  const { t } = useTranslation();
  return (
    <section className="empty panel" aria-labelledby="empty">
      <span className="empty-sign">
        <Icon name="key" />
      </span>
      <h2 id="empty">{t('keys.empty.title')}</h2>
      <p className="muted">{t('keys.empty.what')}</p>
      <ol className="steps-ahead">
        <li>{t('keys.empty.first')}</li>
        <li>{t('keys.empty.second')}</li>
        <li>{t('keys.empty.third')}</li>
      </ol>
      <Button className="button button-main" onPress={onAdd}>
        <Icon name="plus" />
        {t('action.addKey')}
      </Button>
      <ul className="stack-tight">
        <li>
          <a className="link" href="#/hosts">
            {t('keys.empty.look')}
          </a>
        </li>
        <li>
          <a className="link" href="#/practice">
            {t('keys.empty.practice')}
          </a>
        </li>
      </ul>
    </section>
  );
}
