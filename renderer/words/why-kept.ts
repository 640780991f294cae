import { useTranslation } from 'react-i18next';
import type { BackupReason } from '../../main/backups/backup.schema.ts';

/** Before what a version of a file was kept. */
export function useWhyKept(): (reason: BackupReason) => string {
  const { t } = useTranslation();
  return (reason) => t(`versions.why.${reason.kind}`, { name: 'credential' in reason ? reason.credential : '' });
}
