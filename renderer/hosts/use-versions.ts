import type { BackupView } from '../../main/backups/backup.schema.ts';
import { useAnswer } from '../data/use-rekey.tsx';

/** Earlier versions of a file by its path, newest first. */
export function useVersions(): (file: string) => readonly BackupView[] {
  const { value } = useAnswer('listBackups');
  return (path) => value?.backups.filter(({ file }) => file === path) ?? [];
}
