import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { BackupView } from '../../main/backups/backup.schema.ts';
import { VersionsDialog } from './versions-dialog.tsx';

/** The way to the earlier versions of a file, where it has some. */
export function EarlierVersions({ file, versions }: { file: string; versions: readonly BackupView[] }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  if (versions.length === 0) return null;
  return (
    <>
      <Button
        className="button host-versions"
        aria-label={t('versions.openLabel', { file })}
        onPress={() => setOpen(true)}
      >
        {t('versions.open')}
      </Button>
      {open && <VersionsDialog file={file} versions={versions} onClose={() => setOpen(false)} />}
    </>
  );
}
