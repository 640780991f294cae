import type { Secret } from '../credentials/secret.ts';
import { RekeyError } from '../errors.ts';
import type { CallParts } from './parts.ts';

/** @returns seconds until the clipboard is cleared. @throws {RekeyError} `clipboard-absent`. */
export async function copyToClipboard({ clipboard }: Pick<CallParts, 'clipboard'>, secret: Secret): Promise<number> {
  if (clipboard) return clipboard.copySecret(secret);
  throw new RekeyError(
    'clipboard-absent',
    'There is no clipboard on this machine. Nothing was copied.',
    'Open Rekey on a machine with a desktop to copy the key.',
  );
}
