import type { RekeyApi } from '../../preload/contract.ts';
import { RekeyError } from '../errors.ts';

export class CredentialChoiceError extends RekeyError<'credential-none' | 'credential-not-named'> {}

/**
 * The credential that a tool is about: the one that was named, or the only one there is.
 * @throws {CredentialChoiceError} when none was named and there isn't exactly one; it lists the names.
 */
export async function chooseCredential(api: RekeyApi, named: string | undefined): Promise<string> {
  if (named !== undefined) return named;
  const credentials = await api.call('listCredentials', {});
  const [only, ...others] = credentials;
  if (!only) {
    throw new CredentialChoiceError(
      'credential-none',
      'Rekey holds no key yet. Nothing was changed.',
      'Ask the person to add one in Rekey, or with `rekey add`. Never ask them to paste a key into this conversation.',
    );
  }
  if (others.length > 0) {
    const names = credentials.map(({ name }) => `“${name}”`).join(', ');
    throw new CredentialChoiceError(
      'credential-not-named',
      `Rekey holds several keys, and none was named. Nothing was changed.`,
      `Name one of them as \`credential\`: ${names}.`,
    );
  }
  return only.name;
}
