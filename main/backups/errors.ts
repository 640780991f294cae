import { RekeyError } from '../errors.ts';

export type BackupErrorCode =
  | 'backup-none'
  | 'backup-none-at'
  | 'backup-time-unclear'
  | 'backup-damaged'
  | 'backup-key-gone'
  | 'backup-not-written';

/** Something about the kept versions of files. */
export class BackupError extends RekeyError<BackupErrorCode> {}

/** A kept version that is not what was written once. @param what names it: its file and time, or its own path. */
export function damaged(what: string, cause?: unknown): BackupError {
  return new BackupError(
    'backup-damaged',
    `The earlier version ${what} is damaged and can’t be used. Nothing was changed.`,
    'Choose another version. This one goes away by itself after 30 days.',
    { cause },
  );
}

/** The key that the version is sealed with is not the one in the keychain. */
export function keyGone(what: string): BackupError {
  return new BackupError(
    'backup-key-gone',
    `The earlier version ${what} is sealed with a key that this keychain doesn’t hold. Nothing was changed.`,
    'If you chose another keychain since, choose the one of that time again.',
  );
}
