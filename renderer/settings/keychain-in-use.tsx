import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput, KeychainState } from '../../preload/contract.ts';
import { useFailureWords } from '../look/failure-notice.tsx';
import { Pill } from '../look/pill.tsx';

const SIGNS = {
  ready: ['ok', 'check'],
  locked: ['warn', 'lock'],
  absent: ['warn', 'warning'],
  failed: ['bad', 'warning'],
} as const;

const WAYS = { locked: 'keychainUnlock', absent: 'keychainChoose', failed: 'keychainMend' } as const;

/** Where the keys are and whether Rekey gets at them; choosing and unlocking stand above the keys. */
export function KeychainInUse({ status: { keychain, platform } }: { status: CallOutput<'getStatus'> }) {
  const { t } = useTranslation();
  const id = useId();
  const { kind, status, problem } = keychain;
  const [tone, icon] = SIGNS[status];
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{t('settings.keychain')}</h2>
      <div className="panel setting stack-tight">
        <div className="row">
          <p className="setting-words">{t(`settings.keychainKind.${kind === 'os' ? platform : (kind ?? 'none')}`)}</p>
          <Pill tone={tone} icon={icon}>
            {t(`settings.keychainState.${status}`)}
          </Pill>
        </div>
        {problem && <Problem problem={problem} />}
        {status !== 'ready' && (
          <p>
            <a className="link" href="#/keys">
              {t(`settings.${WAYS[status]}`)}
            </a>
          </p>
        )}
      </div>
    </section>
  );
}

function Problem({ problem }: { problem: NonNullable<KeychainState['problem']> }) {
  const { both } = useFailureWords()(problem);
  return <p className="small">{both}</p>;
}
