import { useTranslation } from 'react-i18next';
import type { HostView } from '../../main/hosts/host.schema.ts';
import type { CredentialView } from '../../preload/contract.ts';
import { useAnswer } from '../data/use-rekey.tsx';
import { FilePath } from '../look/file-path.tsx';
import { Icon } from '../look/icons.tsx';

/** A program in whose files the key stands, and in how many places of each. */
interface Branch {
  readonly host: HostView;
  readonly files: ReadonlyMap<string, number>;
}

/**
 * The key, the programs that use it, and the files in which it stands: drawn as a tree out of lists in lists, which a
 * screen reader tells in the same order.
 */
export function KeyPicture({ credential: { name } }: { credential: CredentialView }) {
  const { t } = useTranslation();
  const hosts = useAnswer('listHosts').value;
  const branches = hosts?.flatMap((host) => branchOf(host, name)) ?? [];
  return (
    <section aria-labelledby="key-picture">
      <h2 id="key-picture">{t('keys.picture')}</h2>
      {!hosts && <p className="muted">{t('app.loading')}</p>}
      {hosts && branches.length === 0 && <p className="muted">{t('keys.pictureNone')}</p>}
      {branches.length > 0 && (
        <div className="picture panel">
          <p className="picture-node picture-key">
            <Icon name="key" />
            <strong>{name}</strong>
          </p>
          <ul className="picture-hosts" aria-label={t('keys.pictureHosts')}>
            {branches.map((branch) => (
              <PictureHost key={branch.host.id} branch={branch} />
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function PictureHost({ branch: { host, files } }: { branch: Branch }) {
  const { t } = useTranslation();
  return (
    <li>
      <p className="picture-node">
        <Icon name="hosts" />
        <span>
          <strong>{host.name}</strong>
          {host.running && <span className="small muted"> · {t('hosts.running')}</span>}
        </span>
      </p>
      <ul className="picture-files" aria-label={t('keys.pictureFiles', { host: host.name })}>
        {[...files].map(([file, count]) => (
          <li key={file}>
            <p className="picture-node">
              <Icon name="file" />
              <span>
                <FilePath path={file} /> <span className="small muted">· {t('keys.places', { count })}</span>
              </span>
            </p>
          </li>
        ))}
      </ul>
    </li>
  );
}

function branchOf(host: HostView, name: string): Branch[] {
  const files = new Map<string, number>();
  for (const { credential, file } of host.sites) {
    if (credential === name) files.set(file, (files.get(file) ?? 0) + 1);
  }
  return files.size === 0 ? [] : [{ host, files }];
}
