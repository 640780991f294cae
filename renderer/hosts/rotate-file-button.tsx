import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { HostView } from '../../main/hosts/host.schema.ts';
import { useDoing } from '../data/use-doing.ts';
import { useRequestRotations } from '../keys/use-request-rotation.ts';
import { FailureNotice } from '../look/failure-notice.tsx';

/** For a file that others have seen: all keys in it become useless to them. Nothing where no present key stands in it. */
export function RotateFileButton({ host, file }: { host: HostView; file: string }) {
  const { t } = useTranslation();
  const requestRotations = useRequestRotations();
  const doing = useDoing();
  const holds =
    host.sites.some((site) => site.file === file) || host.outside.some((key) => key.file === file && !key.isEarlier);
  if (!holds) return null;
  return (
    <>
      <Button
        className="button host-versions"
        aria-label={t('hosts.rotateFileLabel', { file })}
        isDisabled={doing.busy}
        onPress={() => doing.run(() => requestRotations({ file }))}
      >
        {t('hosts.rotateFile')}
      </Button>
      {doing.failure && <FailureNotice failure={doing.failure} />}
    </>
  );
}
