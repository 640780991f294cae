import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PracticeView } from '../../main/practice/practice.schema.ts';
import { HrefsProvider, PRACTICE } from '../app/hrefs.ts';
import type { PracticePlace } from '../app/route.ts';
import { RekeyProvider, useAnswer, useRekey } from '../data/use-rekey.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { RotationPage } from '../rotation/rotation-page.tsx';
import { PracticeConfirmation } from './practice-confirmation.tsx';
import { PracticeFiles } from './practice-files.tsx';
import { PracticeFrame } from './practice-frame.tsx';
import { PracticeOverview } from './practice-overview.tsx';
import { usePracticeRekey } from './practice-rekey.ts';
import { PracticeService } from './practice-service.tsx';
import { StartPractice } from './start-practice.tsx';
import { TroubleHelp } from './trouble-help.tsx';

/** Rotations in a sandbox: the real pages on a core of which nothing is real. */
export function PracticePage({ place }: { place: PracticePlace }) {
  const { t } = useTranslation();
  const { value, failure } = useAnswer('getPractice');
  if (failure && !value) return <FailureNotice failure={failure} />;
  if (!value) return <p className="muted">{t('app.loading')}</p>;
  if (!value.practice) return <StartPractice />;
  return <RunningPractice key={value.practice.id} practice={value.practice} place={place} />;
}

function RunningPractice({ practice, place }: { practice: PracticeView; place: PracticePlace }) {
  const { api } = useRekey();
  const rekey = usePracticeRekey(practice.id);
  // Not a call of practice's own core: it is the file's other owner who lets go of it.
  const release = async (): Promise<void> => void (await api.call('endPracticeTrouble', {}));
  const help = <TroubleHelp practice={practice} onRelease={release} />;
  return (
    <PracticeFrame>
      <RekeyProvider value={rekey}>
        <HrefsProvider value={PRACTICE}>
          <Place practice={practice} place={place} help={help} />
        </HrefsProvider>
      </RekeyProvider>
    </PracticeFrame>
  );
}

interface PlaceProps {
  readonly practice: PracticeView;
  readonly place: PracticePlace;
  readonly help: ReactNode;
}

function Place({ practice, place, help }: PlaceProps) {
  switch (place.at) {
    case 'start':
      return <PracticeOverview practice={practice} help={help} />;
    case 'service':
      return <PracticeService practice={practice} />;
    case 'confirm':
      return <PracticeConfirmation key={place.id} id={place.id} />;
    case 'rotation':
      return (
        <>
          <RotationPage key={place.id} id={place.id} />
          {help}
          <PracticeFiles files={practice.files} />
        </>
      );
  }
}
