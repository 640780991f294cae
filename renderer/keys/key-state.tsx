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

export function KeyState({ state }: { state: CredentialView['state'] }) {
  const { t } = useTranslation();
  const [tone, icon] = LOOKS[state];
  return (
    <Pill tone={tone} icon={icon}>
      {t(`keys.state.${state}`)}
    </Pill>
  );
}
