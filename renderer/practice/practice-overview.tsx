import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { PracticeView } from '../../main/practice/practice.schema.ts';
import { useHrefs } from '../app/hrefs.ts';
import { useDoing } from '../data/use-doing.ts';
import { useAnswer } from '../data/use-rekey.tsx';
import { KeyState } from '../keys/key-state.tsx';
import { useRequestRotation } from '../keys/use-request-rotation.ts';
import { FailureNotice } from '../look/failure-notice.tsx';
import { PracticeFiles } from './practice-files.tsx';

/** The pretended key, what can be done with it, and the files in which it stands. */
export function PracticeOverview({ practice, help }: { practice: PracticeView; help: ReactNode }) {
  const { t } = useTranslation();
  return (
    <>
      <header className="stack-tight">
        <h1>{t('app.practice')}</h1>
        <p>{t(`practice.now.${practice.trouble}`)}</p>
      </header>
      <PracticeKey />
      {help}
      <PracticeFiles files={practice.files} />
    </>
  );
}

function PracticeKey() {
  const { t } = useTranslation();
  const hrefs = useHrefs();
  const { value, failure } = useAnswer('listCredentials');
  const doing = useDoing();
  const requestRotation = useRequestRotation();
  const [credential] = value ?? [];
  if (failure) return <FailureNotice failure={failure} />;
  if (!credential) return <p className="muted">{t('app.loading')}</p>;
  const { id, name, providerName, masked, state, rotationId } = credential;
  return (
    <section className="panel practice-key" aria-labelledby="practice-key">
      <div className="stack-tight">
        <h2 id="practice-key">{name}</h2>
        <p className="muted">
          {providerName} · <code>{masked}</code>
        </p>
        <p className="row">
          <KeyState state={state} due={false} />
          {rotationId !== null && <a href={hrefs.rotation(rotationId)}>{t('keys.seeRotation')}</a>}
        </p>
      </div>
      <Button
        className="button button-main"
        aria-label={t('action.rotateLabel', { name })}
        isDisabled={state === 'rotating' || doing.busy}
        onPress={() => doing.run(() => requestRotation({ credential: id }))}
      >
        {t('action.rotate')}
      </Button>
      {doing.failure && <FailureNotice failure={doing.failure} />}
    </section>
  );
}
