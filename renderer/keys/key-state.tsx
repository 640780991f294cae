import { useTranslation } from 'react-i18next';
import type { CredentialView } from '../../preload/contract.ts';
import type { IconName } from '../look/icons.tsx';
import { Pill, type Tone } from '../look/pill.tsx';

const LOOKS: Record<CredentialView['state'], readonly [Tone, IconName]> = {
  ok: ['ok', 'check'],
  rotating: ['busy', 'turn'],
  'needs-you': ['warn', 'warning'],
  locked: ['quiet', 'lock'],
};

/** @param due whether it is due to be rotated: shown where nothing more urgent is. */
export function KeyState({ state, due }: { state: CredentialView['state']; due: boolean }) {
  const { t } = useTranslation();
  if (due && state === 'ok') {
    return (
      <Pill tone="warn" icon="clock">
        {t('keys.state.due')}
      </Pill>
    );
  }
  const [tone, icon] = LOOKS[state];
  return (
    <Pill tone={tone} icon={icon}>
      {t(`keys.state.${state}`)}
    </Pill>
  );
}
