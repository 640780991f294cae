import { useTranslation } from 'react-i18next';
import type { Approval } from '../../main/approvals/approval.schema.ts';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import type { IconName } from '../look/icons.tsx';
import { Pill, type Tone } from '../look/pill.tsx';
import { progressOf } from '../rotation/progress.ts';

type Ending = NonNullable<Rotation['outcome']>;
type Shown = Exclude<Approval['state'], 'approved'> | Ending | 'running' | 'needs-you';

const LOOKS: Record<Shown, readonly [Tone, IconName]> = {
  waiting: ['quiet', 'clock'],
  denied: ['quiet', 'minus'],
  expired: ['quiet', 'clock'],
  withdrawn: ['quiet', 'minus'],
  failed: ['bad', 'warning'],
  running: ['busy', 'turn'],
  'needs-you': ['warn', 'pause'],
  done: ['ok', 'check'],
  'done-in-part': ['warn', 'warning'],
  stopped: ['quiet', 'cross'],
  declined: ['quiet', 'cross'],
  unchanged: ['quiet', 'cross'],
  lost: ['bad', 'warning'],
  'given-up': ['quiet', 'cross'],
};

/** How one of several stands, in a word; while it rotates, with its step. */
export function BatchState({ approval, rotation }: { approval: Approval; rotation: Rotation | null }) {
  const { t } = useTranslation();
  const shown = shownOf(approval, rotation);
  const [tone, icon] = LOOKS[shown];
  const step = rotation && progressOf(rotation).find(({ state }) => state === 'running');
  const names = { provider: approval.plan.provider.name, key: t('confirm.batch.oldKey') };
  return (
    <>
      <Pill tone={tone} icon={icon}>
        {t(`confirm.batch.state.${shown}`)}
      </Pill>
      {step && <span className="small muted"> {t(`rotation.step.${step.id}`, names)}…</span>}
    </>
  );
}

function shownOf({ state }: Approval, rotation: Rotation | null): Shown {
  if (state !== 'approved') return state;
  return rotation?.outcome ?? (rotation?.waiting ? 'needs-you' : 'running');
}
