import { useTranslation } from 'react-i18next';
import type { HostView } from '../../main/hosts/host.schema.ts';
import { ConnectSwitch } from '../connect/connect-switch.tsx';
import { FilePath } from '../look/file-path.tsx';
import { Icon } from '../look/icons.tsx';
import { Notice } from '../look/notice.tsx';
import { Pill } from '../look/pill.tsx';
import { usePlaceWords } from '../plan/place-words.ts';
import { ValueSourceWords } from '../plan/value-source.tsx';
import { useSentence } from '../words/sentence.ts';
import { useTogether } from '../words/together.ts';
import { HostFiles } from './host-files.tsx';
import { Copies, OutsideKeys } from './left-behind.tsx';

/** One program: whether it runs, when it takes a new key, and what of the person's stands in its files. */
export function HostCard({ host }: { host: HostView }) {
  const { t } = useTranslation();
  const sentence = useSentence();
  const together = useTogether();
  const title = `host-${host.id}`;
  return (
    <section className="host panel" aria-labelledby={title}>
      <header className="host-head">
        <h2 id={title}>{host.name}</h2>
        <Running running={host.running} />
        <p className="host-reload muted">
          {together(t(`hosts.reload.${host.reload}`), host.rewritesFile && t('hosts.rewrites'))}
        </p>
      </header>
      {host.byHand && (
        <Notice tone="info" title={sentence(host.byHand.why)}>
          <p>{sentence(host.byHand.todo)}</p>
        </Notice>
      )}
      {host.patchable !== 'no' && <HostSites host={host} />}
      <ConnectSwitch host={host} />
      <References host={host} />
      <OutsideKeys host={host} />
      <Copies host={host} />
      <HostFiles host={host} />
    </section>
  );
}

function Running({ running }: { running: boolean | null }) {
  const { t } = useTranslation();
  if (running === null)
    return (
      <Pill tone="quiet" icon="info">
        {t('hosts.runningUnknown')}
      </Pill>
    );
  return running ? (
    <Pill tone="ok" icon="check">
      {t('hosts.running')}
    </Pill>
  ) : (
    <Pill tone="quiet" icon="circle">
      {t('hosts.notRunning')}
    </Pill>
  );
}

function HostSites({ host }: { host: HostView }) {
  const { t } = useTranslation();
  const placeWords = usePlaceWords();
  if (host.sites.length === 0) return <p className="host-part muted">{t('hosts.noKeys')}</p>;
  const byCredential = Map.groupBy(host.sites, ({ credential }) => credential);
  return (
    <div className="host-part">
      <h3>{t('hosts.keys')}</h3>
      <ul className="stack-tight">
        {[...byCredential].map(([credential, sites]) => (
          <li key={credential} className="host-key">
            <Icon name="key" />
            <div>
              <p>
                <strong>{credential}</strong>
              </p>
              {sites.map((site) => (
                <p key={`${site.file} ${site.path.join('.')}`} className="small muted">
                  <FilePath path={site.file} /> · {placeWords(site)}
                </p>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}

function References({ host }: { host: HostView }) {
  const { t } = useTranslation();
  const placeWords = usePlaceWords();
  if (host.references.length === 0) return null;
  return (
    <div className="host-part">
      <h3>{t('hosts.references')}</h3>
      <p className="small muted">{t('hosts.referencesMore')}</p>
      <ul className="stack-tight">
        {host.references.map((reference) => (
          <li key={`${reference.file} ${reference.path.join('.')}`}>
            <code>
              {reference.name} = {reference.expression}
            </code>
            <p className="small muted">
              <FilePath path={reference.file} /> · {placeWords(reference)}
            </p>
            <ValueSourceWords source={reference.source} />
          </li>
        ))}
      </ul>
    </div>
  );
}
