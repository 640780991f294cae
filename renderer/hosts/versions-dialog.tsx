import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupView, Restored } from '../../main/backups/backup.schema.ts';
import { DialogFrame } from '../look/dialog-frame.tsx';
import { FilePath } from '../look/file-path.tsx';
import { RestoreQuestion } from './restore-question.tsx';
import { RestoredWords } from './restored-words.tsx';
import { VersionList } from './version-list.tsx';

interface VersionsDialogProps {
  readonly file: string;
  /** Newest first. */
  readonly versions: readonly BackupView[];
  onClose(): void;
}

/** What the dialog shows: the list, the question about one version, or what became of it. */
type Shown =
  | { readonly step: 'list'; readonly lastAsked: string | null }
  | { readonly step: 'question'; readonly version: BackupView }
  | { readonly step: 'done'; readonly restored: Restored };

/** The earlier versions of one file, and the way back to one of them. */
export function VersionsDialog({ file, versions, onClose }: VersionsDialogProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<Shown>({ step: 'list', lastAsked: null });
  return (
    <DialogFrame title={t(shown.step === 'question' ? 'versions.confirmTitle' : 'versions.title')} onClose={onClose}>
      <p>
        <FilePath path={file} />
      </p>
      {shown.step === 'list' && (
        <VersionList
          versions={versions}
          focused={shown.lastAsked}
          onChoose={(version) => setShown({ step: 'question', version })}
          onClose={onClose}
        />
      )}
      {shown.step === 'question' && (
        <RestoreQuestion
          version={shown.version}
          onCancel={() => setShown({ step: 'list', lastAsked: shown.version.at })}
          onRestored={(restored) => setShown({ step: 'done', restored })}
        />
      )}
      {shown.step === 'done' && <RestoredWords restored={shown.restored} onClose={onClose} />}
    </DialogFrame>
  );
}
