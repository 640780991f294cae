import { useTranslation } from 'react-i18next';
import type { HostView } from '../../main/hosts/host.schema.ts';
import { useFailureWords } from '../look/failure-notice.tsx';
import { FilePath } from '../look/file-path.tsx';
import { Icon } from '../look/icons.tsx';
import { listOf } from '../words/list.ts';
import { useSentence } from '../words/sentence.ts';
import { EarlierVersions } from './earlier-versions.tsx';
import { RotateFileButton } from './rotate-file-button.tsx';
import { useVersions } from './use-versions.ts';

type File = HostView['files'][number];

/** The program's files with their servers; those with a problem say which, and what to do. */
export function HostFiles({ host }: { host: HostView }) {
  const { t, i18n } = useTranslation();
  const sentence = useSentence();
  const failureWords = useFailureWords();
  const versionsOf = useVersions();
  const there = host.files.filter(({ path, exists, problem }) => exists || problem || versionsOf(path).length > 0);
  if (there.length === 0) return null;
  return (
    <div className="host-part">
      <h3>{t('hosts.files')}</h3>
      <ul className="stack-tight">
        {there.map((file) => {
          const servers = host.servers.filter((server) => server.file === file.path).map(({ name }) => name);
          const serversHere = servers.length > 0 && t('hosts.serversHere', { servers: listOf(servers, i18n.language) });
          const words = file.problem && failureWords(file.problem);
          return (
            <li key={`${file.path} ${file.scope}`} className={words ? 'host-file host-file-bad' : 'host-file'}>
              <Icon name={words ? 'warning' : 'file'} />
              <div>
                <FilePath path={file.path} />
                <p className="small muted">
                  {[sentence(file.scope), t(`hosts.${stateOf(file)}`), serversHere].filter(Boolean).join(' · ')}
                </p>
                {words && <p className="small">{words.both}</p>}
                <div className="row">
                  <EarlierVersions file={file.path} versions={versionsOf(file.path)} />
                  <RotateFileButton host={host} file={file.path} />
                </div>
              </div>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function stateOf(file: File): 'fileOk' | 'fileReadOnly' | 'fileMissing' | 'fileBroken' {
  if (!file.exists) return 'fileMissing';
  if (file.parses === false) return 'fileBroken';
  return file.writable === false ? 'fileReadOnly' : 'fileOk';
}
