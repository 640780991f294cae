import { valueAt } from './answer.ts';
import { bearerRequest } from './bearer.ts';
import { refuseAgentId } from './key-kinds.ts';
import { idByWhatIsKnown, namedKey, readKeys } from './listed-keys.ts';
import type { Overlap, Provider } from './provider.ts';
import { readRevocationAnswer } from './revocation-answer.ts';
import { keyNameSetting, readSecondKey, SECOND_KEY, secondKey } from './second-key.ts';
import { accountName } from './service-words.ts';
import { readVerificationAnswer } from './verification-answer.ts';

const name = 'Neon';
/** "A randomly-generated 64-bit token" in their words; what they make begins with `napi_`, 64 letters and digits. */
const keyPattern = /^napi_[0-9a-z]{32,200}$/i;

const form = { keyPattern, keyPaths: [['key']], idPaths: [['id']], messagePaths: [['message']] };

/** The whole list comes at once. */
const overlap: Overlap = {
  listRequest: (subject, key) => bearerRequest(subject, key, 'GET', '/api_keys'),

  readList(_subject, answer) {
    const keys = readKeys(answer, [], (entry) => namedKey(entry, 'id'));
    return keys && { keys, next: null };
  },

  idOf: (subject, _key, listed) => idByWhatIsKnown(subject, listed),
  idHint:
    'Give Rekey the name that this key has under Account settings, API keys, at Neon: remove the key from Rekey, and add it again with its name.',
  revokeRequest: (subject, key, id) => bearerRequest(subject, key, 'DELETE', `/api_keys/${id}`),
  readRevocation: (_subject, answer) => readRevocationAnswer(answer),
};

/**
 * A person's own keys. Those of an organization are listed and made elsewhere.
 * @see PROVIDERS.md, Neon; the list and the ids (whole numbers) are from neon.com/docs/reference/api/api-keys.
 */
export const neon: Provider = {
  ...secondKey,
  id: 'neon',
  name,
  keysPage: 'https://console.neon.tech/app/settings/api-keys',
  baseUrls: ['https://console.neon.tech/api/v2'],
  envNames: ['NEON_API_KEY'],
  keyPrefixes: ['napi_'],
  keyPattern,
  keyHint: 'starts with napi_',
  settings: [
    keyNameSetting(
      'As Neon shows it under Account settings, API keys. By this Rekey knows which key to revoke; not needed where there is only one.',
    ),
  ],
  verifyPatienceSeconds: 5,
  overlap,

  consequences(subject) {
    refuseAgentId(subject, name);
    return SECOND_KEY;
  },

  rotationRequest(subject, key, attempt) {
    refuseAgentId(subject, name);
    return bearerRequest(subject, key, 'POST', '/api_keys', { key_name: attempt.name });
  },

  readRotation: (_subject, answer, attempt, known) => readSecondKey(answer, form, attempt, known),

  verificationRequest: (subject, key) => bearerRequest(subject, key, 'GET', '/users/me'),

  readVerification: (_subject, answer) =>
    readVerificationAnswer(answer, (document, success) => {
      const [email, login, id] = ['email', 'login', 'id'].map((field) =>
        accountName(valueAt(document, [field]), { keyPattern, known: [] }),
      );
      if (!success || !id) return null;
      return { state: 'accepted', account: email ?? login ?? id, settings: {} };
    }),
};
