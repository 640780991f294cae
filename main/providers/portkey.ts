import { jsonBody, textAt, valueAt } from './answer.ts';
import { endpoint } from './base-url.ts';
import { oneKind, refuseAgentId } from './key-kinds.ts';
import { keyId } from './listed-keys.ts';
import { graceEnd, WORKS_FOR_A_WHILE, worksForAWhile } from './old-key-grace.ts';
import type { Attempt, Provider, Subject } from './provider.ts';
import { idSetting } from './required-setting.ts';
import { type RotationAnswerForm, readRotationAnswer } from './rotation-answer.ts';
import { accountName } from './service-words.ts';
import { readVerificationAnswer, unknown } from './verification-answer.ts';

const name = 'Portkey';
/**
 * Undocumented. What is seen of them looks like base64; the documents' examples begin with `pk_live_`. Without `-` and
 * `_` elsewhere, so that other services' keys and parts of them don't fit.
 */
const keyPattern = /^(?:pk_live_[\w-]{8,200}|(?<![\w+/-])[A-Za-z0-9+/]{20,128}={0,2}(?![\w+/=-]))$/;
/** The service takes no less than 1,800,000 ms. */
const SHORTEST_MINUTES = 30;
const WAY_OUT =
  'Look it up in the list of API keys at app.portkey.ai, remove the key from Rekey, and add it again with its key id.';

const form: RotationAnswerForm = {
  keyPattern,
  keyPaths: [['key'], ['data', 'key']],
  messagePaths: [['message'], ['data', 'message'], ['error', 'message'], ['error']],
};

/** @see PROVIDERS.md, Portkey: the request was recorded; the answer is from portkey.ai/docs, Rotate API Key. */
export const portkey: Provider = {
  ...oneKind,
  ...worksForAWhile,
  id: 'portkey',
  name,
  strategy: 'in-place',
  keysPage: 'https://app.portkey.ai/api-keys',
  baseUrls: ['https://api.portkey.ai/v1'],
  envNames: ['PORTKEY_API_KEY'],
  companions: [],
  keyPrefixes: [],
  keyPattern,
  keyHint: 'about 28 letters and digits, with + and / among them',
  settings: [
    {
      name: 'key_id',
      label: 'Key id',
      hint: 'The UUID of this very key, as the list of API keys at app.portkey.ai shows it. The service rotates the key that has this id.',
      required: true,
    },
  ],
  grace: { choices: [SHORTEST_MINUTES, 60, 1_440, 10_080], default: SHORTEST_MINUTES },
  verifyPatienceSeconds: 30,

  credentialsFiles: () => [],

  consequences(subject) {
    refuseAgentId(subject, name);
    idOf(subject);
    return WORKS_FOR_A_WHILE;
  },

  rotationRequest(subject, key, attempt) {
    refuseAgentId(subject, name);
    const { graceMinutes } = allowed(attempt);
    return {
      method: 'POST',
      url: endpoint(subject.baseUrl, `/api-keys/${idOf(subject)}/rotate`),
      headers: { 'x-portkey-api-key': key.reveal(), 'Content-Type': 'application/json' },
      body: JSON.stringify({ key_transition_period_ms: graceMinutes * 60_000 }),
    };
  },

  readRotation(_subject, answer, attempt, known) {
    const reading = readRotationAnswer(answer, form, known);
    if (reading.outcome !== 'rotated') return reading;
    const told = textAt(jsonBody(answer), [['key_transition_expires_at'], ['data', 'key_transition_expires_at']]);
    const end = new Date(told ?? Number.NaN);
    return { ...reading, oldKeyWorksUntil: Number.isNaN(end.getTime()) ? graceEnd(allowed(attempt)) : end };
  },

  verificationRequest: (subject, key) => ({
    method: 'GET',
    url: endpoint(subject.baseUrl, `/api-keys/${idOf(subject)}`),
    headers: { 'x-portkey-api-key': key.reveal() },
    body: null,
  }),

  readVerification: (_subject, answer) =>
    readVerificationAnswer(answer, (document, success) => {
      const [id, account] = [['id'], ['name']].map((path) => valueAt(document, path));
      if (success && keyId(id) !== null)
        return { state: 'accepted', account: accountName(account, { keyPattern, known: [] }), settings: {} };
      const words = success ? null : textAt(document, form.messagePaths);
      // A good key that may not look at the list of keys.
      return words !== null && /permission/i.test(words) ? unknown('this key may not be asked about itself') : null;
    }),
};

/** @throws {ProviderError} `setting-required`, `setting-invalid` */
function idOf(subject: Subject): string {
  return idSetting(subject, { setting: 'key_id', service: name, wayOut: WAY_OUT });
}

function allowed(attempt: Attempt): Attempt {
  return { ...attempt, graceMinutes: Math.max(SHORTEST_MINUTES, attempt.graceMinutes) };
}
