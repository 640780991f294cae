import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useDoing } from '../data/use-doing.ts';
import { useRekey } from '../data/use-rekey.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { Icon } from '../look/icons.tsx';

/** Around all of practice: says that nothing in it is real, wherever the page is scrolled to, and ends it. */
export function PracticeFrame({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { api } = useRekey();
  const doing = useDoing();
  const end = () =>
    doing.run(async () => {
      await api.call('endPractice', {});
      location.hash = '#/practice';
    });
  return (
    <section className="practice" aria-label={t('practice.frame')}>
      <div className="practice-bar">
        <p>
          <Icon name="info" /> <strong>{t('practice.frame')}</strong>
        </p>
        <Button className="button button-small" isDisabled={doing.busy} onPress={end}>
          {t('practice.end')}
        </Button>
      </div>
      <div className="practice-inside stack">
        {doing.failure && <FailureNotice failure={doing.failure} />}
        {children}
      </div>
    </section>
  );
}
