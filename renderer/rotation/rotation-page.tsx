import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Restart, Rotation } from '../../main/rotation/rotation.schema.ts';
import { NotFound } from '../app/not-found.tsx';
import { useSay } from '../app/say.tsx';
import { FindingActions } from '../clean-up/finding-actions.tsx';
import { useDoing } from '../data/use-doing.ts';
import { useAnswer, useRekey } from '../data/use-rekey.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { dateAndTime } from '../words/time.ts';
import { useWho } from '../words/who.ts';
import { OldKeyOffers } from './old-key-offers.tsx';
import { hasNewKey } from './progress.ts';
import { RestartDialog } from './restart-dialog.tsx';
import { RotationDetails } from './rotation-details.tsx';
import { RotationOffers } from './rotation-offers.tsx';

export function RotationPage({ id }: { id: string }) {
  const { t } = useTranslation();
  const { value, failure } = useAnswer('listRotations');
  const { answers } = useRekey();
  // The list may be older than the rotation that a link leads to.
  useEffect(() => void answers.ask('listRotations'), [answers]);
  const rotation = value?.find((one) => one.id === id);
  if (rotation) return <RotationView rotation={rotation} />;
  if (failure) return <FailureNotice failure={failure} />;
  if (value === null) return <p className="muted">{t('app.loading')}</p>;
  return <NotFound />;
}

function RotationView({ rotation }: { rotation: Rotation }) {
  const { t } = useTranslation();
  const { api } = useRekey();
  const say = useSay();
  const doing = useDoing();
  const [toRestart, setToRestart] = useState<Restart | null>(null);
  const resume = () => doing.run(async () => void (await api.call('resumeRotation', { id: rotation.id })));
  const copy = () =>
    doing.run(async () => {
      const { clearedAfterSeconds } = await api.call('copyKey', { credential: rotation.target.name });
      say(t('keys.copied', { count: clearedAfterSeconds }));
    });
  return (
    <>
      <RotationHead rotation={rotation} />
      {doing.failure && <FailureNotice failure={doing.failure} />}
      <RotationDetails
        rotation={rotation}
        actions={<RotationOffers rotation={rotation} doing={doing} onGoOn={resume} />}
        oldKey={<OldKeyOffers rotation={rotation} />}
        findingActions={(finding) =>
          hasNewKey(rotation) && <FindingActions finding={finding} credential={rotation.target.name} />
        }
        restartActions={(restart) => (
          <Button className="button" onPress={() => setToRestart(restart)}>
            {t('rotation.restartNow.button', { host: restart.name })}
          </Button>
        )}
        todoActions={
          <>
            <button type="button" className="button button-main" disabled={doing.busy} onClick={resume}>
              {t('rotation.retry')}
            </button>
            <button type="button" className="button" disabled={doing.busy} onClick={copy}>
              {t('rotation.copyNew')}
            </button>
          </>
        }
      />
      {toRestart && <RestartDialog rotationId={rotation.id} restart={toRestart} onClose={() => setToRestart(null)} />}
    </>
  );
}

/** Whose rotation it is, in which way, and who asked for it. */
function RotationHead({ rotation: { target, way, requester, startedAt } }: { rotation: Rotation }) {
  const { t, i18n } = useTranslation();
  const whoWords = useWho();
  return (
    <header className="stack-tight">
      <h1>{t('rotation.of', { name: target.name })}</h1>
      {way !== 'request' && <p>{t(`rotation.way.${way}`)}</p>}
      <p className="muted">
        {t('rotation.asked', { who: whoWords(requester), when: dateAndTime(startedAt, i18n.language) })}
      </p>
    </header>
  );
}
