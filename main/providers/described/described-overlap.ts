import { textAt, valueAt } from '../answer.ts';
import { idByName, idIfListed, keyId, readKeys } from '../listed-keys.ts';
import type { SettingField } from '../provider.schema.ts';
import type { Overlap } from '../provider.ts';
import { readRevocationAnswer } from '../revocation-answer.ts';
import { keyNameSetting } from '../second-key.ts';
import type { ServiceDescription } from './description.ts';
import { makeRequest } from './make-request.ts';
import { pathsOf } from './paths.ts';

type Description = Extract<ServiceDescription, { strategy: 'overlap' }>;

/** By what the key is known in the list of its service. */
export const OVERLAP_SETTINGS: readonly SettingField[] = [
  keyNameSetting('As the service’s list of keys shows it: by this Rekey knows which key to revoke the first time.'),
];

/**
 * How a described service lists and revokes keys. Only one part of the list is ever seen, so that a key which stands alone
 * in it tells nothing: the name or the id must be known.
 */
export function overlapOf({ name, overlap: { list, revoke } }: Description): Overlap {
  return {
    listRequest: (subject, key) => makeRequest(list, subject, key),

    readList(_subject, answer) {
      const [path = []] = pathsOf(list.keys);
      const keys = readKeys(answer, path, (entry) => {
        const [id] = pathsOf(list.id).map((place) => keyId(valueAt(entry, place)));
        return id ? { id, name: textAt(entry, pathsOf(list.name)) ?? '', settings: {}, masked: null } : null;
      });
      return keys && { keys, next: null };
    },

    idOf: (subject, _key, listed) => idIfListed(listed, subject.settings.key_id) ?? idByName(listed, subject),
    idHint: `Give Rekey the name that this key has at ${name}: remove the key from Rekey, and add it again with its name.`,
    revokeRequest: (subject, key, id) => makeRequest(revoke, subject, key, { id }),
    readRevocation: (_subject, answer) => readRevocationAnswer(answer),
  };
}
