import { useTranslation } from 'react-i18next';
import type { CredentialView } from '../../preload/contract.ts';
import { keyHref } from '../app/route.ts';
import { useAnswer } from '../data/use-rekey.tsx';
import { CooldownLeft } from '../rotation/cooldown-left.tsx';
import { listOf, shortListOf } from '../words/list.ts';
import { Age } from './age.tsx';
import { KeyActions } from './key-actions.tsx';
import { KeyRotation } from './key-rotation.tsx';
import { KeyState } from './key-state.tsx';
import { OldKeys } from './old-keys.tsx';

/** So many programs are named; of more, the Hosts page tells. */
const MOST_NAMES = 6;

/** One key: whose, how old, where it stands, and what can be done with it. */
export function KeyCard({ credential }: { credential: CredentialView }) {
  const { t } = useTranslation();
  return (
    <>
      <span className="key-sign" aria-hidden="true">
        {credential.providerName.slice(0, 1)}
      </span>
      <div className="key-name">
        <div className="key-title">
          <h2>
            <a className="link" href={keyHref(credential.id)}>
              {credential.name}
            </a>
          </h2>
          <p className="muted">{credential.providerName}</p>
        </div>
        <p>
          <span className="unseen">{t('keys.key')}: </span>
          <code className="muted">{credential.masked}</code>
        </p>
      </div>
      <div className="key-facts">
        <Age credential={credential} />
        <Used name={credential.name} />
      </div>
      <div className="key-state">
        <KeyState state={credential.state} due={credential.due} />
        {credential.cooldown && <CooldownLeft cooldown={credential.cooldown} />}
        <KeyRotation credential={credential} />
      </div>
      <KeyActions credential={credential} />
      <OldKeys credential={credential} />
    </>
  );
}

/** In how many places of which programs the key stands now. */
function Used({ name }: { name: string }) {
  const { t, i18n } = useTranslation();
  const hosts = useAnswer('listHosts').value;
  if (!hosts) return <p className="small muted">{t('keys.usedUnknown')}</p>;
  const using = hosts.filter(({ sites }) => sites.some(({ credential }) => credential === name));
  if (using.length === 0) return <p className="small muted">{t('keys.usedNowhere')}</p>;
  const count = using.flatMap(({ sites }) => sites.filter(({ credential }) => credential === name)).length;
  const names = using.map((host) => host.name);
  const shown = shortListOf(names, MOST_NAMES, i18n.language, (more) => t('keys.more', { count: more }));
  return (
    <p className="small muted" title={listOf(names, i18n.language)}>
      {t('keys.usedIn', { places: t('keys.places', { count }), hosts: shown })}
    </p>
  );
}
