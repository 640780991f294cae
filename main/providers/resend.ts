import { jsonBody, textAt, valueAt } from './answer.ts';
import { bearerRequest } from './bearer.ts';
import { refuseAgentId } from './key-kinds.ts';
import { idByWhatIsKnown, namedKey, readKeys } from './listed-keys.ts';
import type { Overlap, Provider, VerificationReading } from './provider.ts';
import { readRevocationAnswer } from './revocation-answer.ts';
import { keyNameSetting, readSecondKey, SECOND_KEY, secondKey } from './second-key.ts';
import { readVerificationAnswer } from './verification-answer.ts';

const name = 'Resend';
/** Their documents show `re_xxxxxxxxx`; keys of now are 36 characters with a second underscore in them. */
const keyPattern = /^re_\w{16,200}$/;
/** The most that one part of the list may hold. */
const PART = 100;

const form = { keyPattern, keyPaths: [['token']], idPaths: [['id']], messagePaths: [['message']] };

/** Parts of the list follow on the last id: resend.com/docs/api-reference/pagination. */
const overlap: Overlap = {
  listRequest: (subject, key, from) =>
    bearerRequest(subject, key, 'GET', `/api-keys?limit=${PART}${from === null ? '' : `&after=${from}`}`),

  readList(_subject, answer) {
    const keys = readKeys(answer, ['data'], (entry) => namedKey(entry, 'id'));
    if (!keys) return null;
    const hasMore = valueAt(jsonBody(answer), ['has_more']) === true;
    return { keys, next: hasMore ? (keys.at(-1)?.id ?? null) : null };
  },

  idOf: (subject, _key, listed) => idByWhatIsKnown(subject, listed),
  idHint:
    'Give Rekey the name that this key has at resend.com/api-keys: remove the key from Rekey, and add it again with its name.',
  revokeRequest: (subject, key, id) => bearerRequest(subject, key, 'DELETE', `/api-keys/${id}`),
  readRevocation: (_subject, answer) => readRevocationAnswer(answer),
};

/**
 * Only a key with full access can list and make keys, so the new one gets that too.
 * @see PROVIDERS.md, Resend: the requests were recorded; errors are from resend.com/docs/api-reference/errors.
 */
export const resend: Provider = {
  ...secondKey,
  id: 'resend',
  name,
  keysPage: 'https://resend.com/api-keys',
  baseUrls: ['https://api.resend.com'],
  envNames: ['RESEND_API_KEY'],
  keyPrefixes: ['re_'],
  keyPattern,
  keyHint: 'starts with re_',
  settings: [
    keyNameSetting(
      'As resend.com/api-keys shows it. By this Rekey knows which key to revoke; not needed where there is only one.',
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
    return bearerRequest(subject, key, 'POST', '/api-keys', { name: attempt.name, permission: 'full_access' });
  },

  readRotation: (_subject, answer, attempt, known) => readSecondKey(answer, form, attempt, known),

  verificationRequest: (subject, key) => overlap.listRequest(subject, key, null),

  readVerification: (_subject, answer) =>
    readVerificationAnswer(answer, (document, success) => {
      if (!success) return readError(textAt(document, [['name']]), textAt(document, [['message']]));
      return Array.isArray(valueAt(document, ['data'])) ? { state: 'accepted', account: null, settings: {} } : null;
    }),
};

/**
 * A key that may only send mail is a good key. Another's status is 403 in their documents, and 400 with the same words in
 * what their programs have shown.
 */
function readError(error: string | null, words: string | null): VerificationReading | null {
  if (error === 'restricted_api_key') return { state: 'accepted', account: null, settings: {} };
  const isBad = error === 'invalid_api_key' || words === 'API key is invalid';
  return isBad ? { state: 'refused', reason: 'it said “API key is invalid”' } : null;
}
