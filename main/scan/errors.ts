import { RekeyError } from '../errors.ts';

/** Something about a key that a scan has found. */
export class ScanError extends RekeyError<'finding-unknown' | 'finding-gone'> {}

export function findingUnknown(): ScanError {
  return new ScanError(
    'finding-unknown',
    'Rekey doesn’t know this finding: it was started again since, or has not looked for keys yet. Nothing was stored.',
    'Look for keys again, then choose from the new list.',
  );
}

export function findingGone(file: string): ScanError {
  return new ScanError(
    'finding-gone',
    `The key that was found in ${file} no longer stands there. Nothing was stored.`,
    'Look for keys again, then choose from the new list.',
  );
}
