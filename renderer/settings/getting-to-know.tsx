import { useId } from 'react';
import { useTranslation } from 'react-i18next';

/** The ways to see what Rekey does without risk: practice, and the first run once more. */
export function GettingToKnow() {
  const { t } = useTranslation();
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{t('settings.gettingToKnow')}</h2>
      <div className="panel setting stack-tight">
        <p>{t('settings.gettingToKnowMore')}</p>
        <div className="row">
          <a className="button" href="#/practice">
            {t('settings.practice')}
          </a>
          <a className="button" href="#/welcome">
            {t('settings.welcome')}
          </a>
        </div>
      </div>
    </section>
  );
}
