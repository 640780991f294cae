import { useTranslation } from 'react-i18next';
import type { HostView } from '../../main/hosts/host.schema.ts';
import { useAnswer } from '../data/use-rekey.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { FilePath } from '../look/file-path.tsx';
import { Icon } from '../look/icons.tsx';
import { EarlierVersions } from './earlier-versions.tsx';
import { useVersions } from './use-versions.ts';

/** Files with earlier versions that stand in no card: a service's own, and those of programs that are gone. */
export function OtherFiles({ hosts }: { hosts: readonly HostView[] }) {
  const { t } = useTranslation();
  const { value, failure } = useAnswer('listBackups');
  const versionsOf = useVersions();
  const shown = new Set(hosts.flatMap((host) => host.files.map(({ path }) => path)));
  const files = [...new Set(value?.backups.map(({ file }) => file))].filter((file) => !shown.has(file));
  return (
    <>
      {failure && <FailureNotice failure={failure} fresh={false} />}
      {value?.damaged.map((problem) => (
        <FailureNotice key={problem.message} failure={problem} fresh={false} tone="warn" />
      ))}
      {files.length > 0 && (
        <section className="panel" aria-labelledby="other-files">
          <header className="host-head">
            <h2 id="other-files">{t('hosts.otherFiles')}</h2>
          </header>
          <ul className="host-part stack-tight">
            {files.map((file) => (
              <li key={file} className="host-file">
                <Icon name="file" />
                <div>
                  <p>
                    <FilePath path={file} />
                  </p>
                  <EarlierVersions file={file} versions={versionsOf(file)} />
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
