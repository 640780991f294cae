import { RekeyError } from '../errors.ts';

export type CleanUpErrorCode =
  | 'file-not-listed'
  | 'copy-not-listed'
  | 'copy-without-key'
  | 'copy-is-link'
  | 'no-earlier-key'
  | 'redaction-refused';

/** Something about keys that stay behind. Nothing was changed. */
export class CleanUpError extends RekeyError<CleanUpErrorCode> {}

export function fileNotListed(path: string): CleanUpError {
  return new CleanUpError(
    'file-not-listed',
    `${path} is not among the files of the programs and services that Rekey knows. Nothing was changed.`,
    'See the files on the page “Hosts”, or add the folder of the project in the settings.',
  );
}

export function copyNotListed(path: string): CleanUpError {
  return new CleanUpError(
    'copy-not-listed',
    `${path} is not a copy that a program which Rekey knows has made of its files. Nothing was changed.`,
    'See the list of copies; it may be gone already.',
  );
}

export function noEarlierKey(name: string): CleanUpError {
  return new CleanUpError(
    'no-earlier-key',
    `Rekey holds no earlier key of “${name}”: it was not rotated here, or the keychain is locked. Nothing was changed.`,
    'Unlock the keychain if it is locked, or rotate the key first.',
  );
}
