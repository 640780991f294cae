import { useTranslation } from 'react-i18next';
import type { ConnectionChange } from '../../main/connect/connect.schema.ts';
import type { HostView } from '../../main/hosts/host.schema.ts';
import { useSay } from '../app/say.tsx';
import { useDoing } from '../data/use-doing.ts';
import { useRekey } from '../data/use-rekey.tsx';
import { DialogFrame } from '../look/dialog-frame.tsx';
import { FailureNotice } from '../look/failure-notice.tsx';
import { FilePath } from '../look/file-path.tsx';
import { Notice } from '../look/notice.tsx';
import { QuestionButtons } from '../look/question-buttons.tsx';

interface ConnectDialogProps {
  readonly host: HostView;
  readonly change: ConnectionChange;
  onClose(): void;
}

/** Shows exactly what would be put into the program's file, or taken out, and does it when the person agrees. */
export function ConnectDialog({ host, change, onClose }: ConnectDialogProps) {
  const { t } = useTranslation();
  const { api, answers } = useRekey();
  const say = useSay();
  const doing = useDoing();
  const { connect, file, isWholeFile, line, text, hash } = change;
  const name = { host: host.name };
  const submit = async () => {
    const done = await doing.run(async () => {
      await api.call('changeConnection', { host: host.id, connect, hash });
      await answers.ask('listConnections');
    });
    if (!done) return;
    const when = t(`hosts.connect.when.${host.reload}`);
    say(t(connect ? 'hosts.connect.connected' : 'hosts.connect.disconnected', { ...name, when }));
    onClose();
  };
  return (
    <DialogFrame
      role="alertdialog"
      title={t(connect ? 'hosts.connect.connectTitle' : 'hosts.connect.disconnectTitle', name)}
      onClose={onClose}
    >
      <p>
        <FilePath path={file} />
      </p>
      <p>{t(`hosts.connect.${connect ? 'connect' : 'disconnect'}${isWholeFile ? 'Whole' : 'What'}`)}</p>
      <figure className="connect-text">
        <figcaption className="small muted">{t('hosts.connect.line', { line })}</figcaption>
        <pre className={connect ? 'diff-new' : 'diff-old'}>{text}</pre>
      </figure>
      {host.running === true && host.rewritesFile && (
        <Notice tone="warn" title={t('hosts.connect.runningTitle', name)}>
          <p>{t('hosts.connect.running', name)}</p>
        </Notice>
      )}
      {doing.failure && <FailureNotice failure={doing.failure} />}
      <QuestionButtons
        submit={t(connect ? 'hosts.connect.connect' : 'hosts.connect.disconnect', name)}
        tone="main"
        busy={doing.busy}
        onSubmit={submit}
        onCancel={onClose}
      />
    </DialogFrame>
  );
}
