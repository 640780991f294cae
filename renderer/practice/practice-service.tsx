import { useTranslation } from 'react-i18next';
import type { PracticeView } from '../../main/practice/practice.schema.ts';
import { useHrefs } from '../app/hrefs.ts';
import { useAnswer } from '../data/use-rekey.tsx';
import { Field } from '../look/text-field.tsx';

/** Plays the page on which a service shows its keys. */
export function PracticeService({ practice }: { practice: PracticeView }) {
  const { t } = useTranslation();
  const hrefs = useHrefs();
  const [rotation] = useAnswer('listRotations').value ?? [];
  return (
    <>
      <header className="stack-tight">
        <h1>{t('practice.service.title')}</h1>
        <p className="muted">{t('practice.service.what')}</p>
      </header>
      <section className="panel practice-service stack">
        <Field
          label={t('practice.service.key')}
          hint={t('practice.service.hint')}
          value={practice.serviceKey}
          isReadOnly
        />
        <div>
          <a className="button button-main" href={rotation ? hrefs.rotation(rotation.id) : hrefs.keys}>
            {t(rotation ? 'practice.service.backToRotation' : 'practice.back')}
          </a>
        </div>
      </section>
    </>
  );
}
